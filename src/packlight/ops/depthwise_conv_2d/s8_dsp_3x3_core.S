// SPDX-License-Identifier: Apache-2.0
// See s8_dsp_3x3_core.h. Weights w0 w1 w2 of each of the three steps are kept as pairs; words of the plane hold two
// elements along the pair axis. r0, r1 sums; r2, r3 words; r4, r5, r12 columns of the plane; r6 output; lr multiplier.

    .syntax unified
    .thumb

    .equ JOB, 64
    .equ ROUNDING, 8
    .equ OUT_PAIR, 12
    .equ OUT_STEP, 16
    .equ END, 20
    .equ SHIFT, 24
    .equ OUT_PAIR2, 28
    .equ STRIPS, 32
    .equ ODD, 36
    .equ OUT_STRIP, 40
    .equ PLANE_STRIP, 44
    .equ PLANE_STEPS, 48
    .equ PITCH, 52
    .equ SCALE, 56
    .equ MULTIPLIER, 60

    .macro function name
    .section .text.\name, "ax", %progbits
    .balign 4
    .global \name
    .type \name, %function
    .thumb_func
\name:
    .endm

    .macro enter
    push    {r4-r11, lr}
    sub     sp, sp, #JOB+4
    ldm     r0!, {r4-r11}
    mov     r12, sp
    stm     r12!, {r4-r11}
    ldm     r0, {r4-r11}
    stm     r12, {r4-r11}
    mov     r4, r2               // first column of the plane
    mov     r6, r3
    mov     r0, r10              // scale
    .endm

// first = (w0, w1), second = (w1, w2) of a step
    .macro unpack_1 at, first, second
    ldrsb   r2, [r1, #\at]
    ldrsb   r3, [r1, #\at + 1]
    ldrsb   r5, [r1, #\at + 2]
    lsls    r2, r0
    lsls    r3, r0
    lsls    r5, r0
    pkhbt   \first, r2, r3, lsl #16
    pkhbt   \second, r3, r5, lsl #16
    .endm

// first = (w0, w1), third = w2 of a step
    .macro unpack_2 at, first, third
    ldrsb   r2, [r1, #\at]
    ldrsb   r3, [r1, #\at + 1]
    ldrsb   \third, [r1, #\at + 2]
    lsls    r2, r0
    lsls    r3, r0
    lsl     \third, \third, r0
    pkhbt   \first, r2, r3, lsl #16
    .endm

// To the next strip, or to `done`. A strip of one output writes its neighbour first, to the same place.
    .macro next_strip done
    ldr     r2, [sp, #STRIPS]
    subs    r2, r2, #1
    str     r2, [sp, #STRIPS]
    bpl     1f
    ldr     r2, [sp, #ODD]
    cmp     r2, #0
    beq     \done
    movs    r2, #0
    str     r2, [sp, #ODD]
    str     r2, [sp, #OUT_PAIR]
    str     r2, [sp, #OUT_PAIR2]
1:  ldr     r2, [sp, #PLANE_STEPS]
    add     r2, r2, r4
    str     r2, [sp, #END]
    .endm

    .macro requantize
    ldrd    r2, r3, [sp, #ROUNDING]
    smmla   r0, r0, lr, r2
    smmla   r1, r1, lr, r2
    ssat    r0, #8, r0, asr #10
    ssat    r1, #8, r1, asr #10
    .endm

    .macro requantize_exact
    ldr     r3, [sp, #ROUNDING]
    add     r2, r3, r0, asr #31
    add     r3, r3, r1, asr #31
    smmlar  r0, r0, lr, r2
    smmlar  r1, r1, lr, r3
    ldrd    r2, r3, [sp, #SHIFT]
    asrs    r0, r2
    asrs    r1, r2
    ssat    r0, #8, r0
    ssat    r1, #8, r1
    .endm

    .macro core_1 name, requantize
    function \name
    enter
    unpack_1 0, r7, r8
    unpack_1 3, r9, r10
    unpack_1 6, r11, r12
    ldr     lr, [sp, #MULTIPLIER]
    ldr     r5, [sp, #PITCH]
    add     r5, r5, r4
strip\@:
    next_strip done\@
step\@:
    ldrd    r0, r1, [sp]
    ldrd    r2, r3, [r4], #4
    smlad   r0, r2, r7, r0
    smlatb  r1, r2, r7, r1
    smlad   r0, r3, r9, r0
    smlatb  r1, r3, r9, r1
    ldrd    r2, r3, [r5], #4
    smlabt  r0, r2, r8, r0
    smlad   r1, r2, r8, r1
    smlabt  r0, r3, r10, r0
    smlad   r1, r3, r10, r1
    ldr     r2, [r4, #4]
    ldr     r3, [r5, #4]
    smlad   r0, r2, r11, r0
    smlatb  r1, r2, r11, r1
    smlabt  r0, r3, r12, r0
    smlad   r1, r3, r12, r1
    \requantize
    strb    r1, [r6, r3]
    strb    r0, [r6]
    ldrd    r2, r3, [sp, #OUT_STEP]
    add     r6, r6, r2
    cmp     r4, r3
    bne     step\@
    ldrd    r2, r3, [sp, #OUT_STRIP]
    add     r6, r6, r2
    add     r4, r4, r3
    add     r5, r5, r3
    b       strip\@
done\@:
    add     sp, sp, #JOB+4
    pop     {r4-r11, pc}
    .size \name, . - \name
    .endm

    .macro core_2 name, requantize
    function \name
    enter
    unpack_2 0, r7, r10
    unpack_2 3, r8, r11
    unpack_2 6, r9, r12
    pkhbt   r10, r10, r11, lsl #16
    mov     r11, r12
    ldr     lr, [sp, #MULTIPLIER]
    ldr     r2, [sp, #PITCH]
    add     r5, r4, r2
    add     r12, r5, r2
strip\@:
    next_strip done\@
step\@:
    ldrd    r0, r1, [sp]
    ldrd    r2, r3, [r4], #8
    smlad   r0, r2, r7, r0
    smlad   r0, r3, r8, r0
    ldrd    r2, r3, [r5], #8
    smlabb  r0, r2, r10, r0
    smlabt  r0, r3, r10, r0
    smlad   r1, r2, r7, r1
    smlad   r1, r3, r8, r1
    ldrd    r2, r3, [r12], #8
    smlabb  r1, r2, r10, r1
    smlabt  r1, r3, r10, r1
    ldr     r2, [r4]
    ldr     r3, [r5]
    smlad   r0, r2, r9, r0
    ldr     r2, [r12]
    smlabb  r0, r3, r11, r0
    smlad   r1, r3, r9, r1
    smlabb  r1, r2, r11, r1
    \requantize
    strb    r1, [r6, r3]
    strb    r0, [r6]
    ldrd    r2, r3, [sp, #OUT_STEP]
    add     r6, r6, r2
    cmp     r4, r3
    bne     step\@
    ldrd    r2, r3, [sp, #OUT_STRIP]
    add     r6, r6, r2
    add     r4, r4, r3
    add     r5, r5, r3
    add     r12, r12, r3
    b       strip\@
done\@:
    add     sp, sp, #JOB+4
    pop     {r4-r11, pc}
    .size \name, . - \name
    .endm

    core_1 depthwise_conv_2d_s8_dsp_3x3_core_1, requantize
    core_1 depthwise_conv_2d_s8_dsp_3x3_core_1_exact, requantize_exact
    core_2 depthwise_conv_2d_s8_dsp_3x3_core_2, requantize
    core_2 depthwise_conv_2d_s8_dsp_3x3_core_2_exact, requantize_exact
