// SPDX-License-Identifier: Apache-2.0
// See s8_dsp_multi_core.h. Four outputs of two channels: sums r0 to r3 and r4 to r7; r8 to r11 words of plane and
// weights, which r12 and lr walk.

    .syntax unified
    .thumb

    .equ JOB, 88
    .equ END, 8                  // and row_bytes
    .equ MULTIPLIER, 16
    .equ ROUNDING, 24
    .equ SHIFT, 32
    .equ AT, 40                  // and left
    .equ WEIGHTS, 48             // and block_bytes
    .equ BLOCK_BYTES, 52
    .equ PLANE, 56               // and output
    .equ STEP_BYTES, 64          // and out_step
    .equ OUTPUTS, 72
    .equ STEPS, 76
    .equ OUT_PAIR, 80
    .equ BLOCK, 84

    .macro requantize_up
    ldrd    r8, r9, [sp, #MULTIPLIER]
    ldrd    r10, r11, [sp, #ROUNDING]
    .irp    sum, r0, r1, r2, r3
    smmla   \sum, \sum, r8, r10
    ssat    \sum, #8, \sum, asr #13
    .endr
    .irp    sum, r4, r5, r6, r7
    smmla   \sum, \sum, r9, r11
    ssat    \sum, #8, \sum, asr #13
    .endr
    .endm

    .macro requantize_exact
    ldrd    r8, r9, [sp, #MULTIPLIER]
    ldrd    r10, r11, [sp, #ROUNDING]
    ldr     lr, [sp, #SHIFT]
    .irp    sum, r0, r1, r2, r3
    add     r12, r10, \sum, asr #31
    smmlar  \sum, \sum, r8, r12
    asr     \sum, \sum, lr
    ssat    \sum, #8, \sum
    .endr
    ldr     lr, [sp, #SHIFT + 4]
    .irp    sum, r4, r5, r6, r7
    add     r12, r11, \sum, asr #31
    smmlar  \sum, \sum, r9, r12
    asr     \sum, \sum, lr
    ssat    \sum, #8, \sum
    .endr
    .endm

    .macro store first, second
    strb    \first, [r8]
    strb    \second, [r8, #1]
    subs    r9, r9, #1
    beq     5f
    add     r8, r8, r10
    .endm

    .macro core name, requantize
    .section .text.\name, "ax", %progbits
    .balign 4
    .global \name
    .type \name, %function
    .thumb_func
\name:
    push    {r4-r11, lr}
    sub     sp, sp, #JOB + 4
    mov     r12, sp
    ldm     r0!, {r1-r11}
    stm     r12!, {r1-r11}
    ldm     r0, {r1-r11}
    stm     r12, {r1-r11}
1:  ldrd    r12, r8, [sp, #PLANE]
    ldr     r9, [sp, #OUTPUTS]
    strd    r8, r9, [sp, #AT]
2:  str     r12, [sp, #BLOCK]
    ldrd    r0, r4, [sp]
    ldr     lr, [sp, #WEIGHTS]
    mov     r1, r0
    mov     r2, r0
    mov     r3, r0
    mov     r5, r4
    mov     r6, r4
    mov     r7, r4
3:
    .rept   4
    ldrd    r8, r9, [r12], #4
    ldrd    r10, r11, [lr], #8
    smlad   r0, r8, r10, r0
    smlad   r4, r8, r11, r4
    smlad   r1, r9, r10, r1
    smlad   r5, r9, r11, r5
    ldrd    r8, r9, [r12, #4]
    smlad   r2, r8, r10, r2
    smlad   r6, r8, r11, r6
    smlad   r3, r9, r10, r3
    smlad   r7, r9, r11, r7
    .endr
    ldrd    r8, r9, [sp, #END]
    add     r12, r12, r9
    cmp     lr, r8
    bne     3b
    \requantize
    ldrd    r8, r9, [sp, #AT]
    ldr     r10, [sp, #OUT_PAIR]
    store   r0, r4
    store   r1, r5
    store   r2, r6
    store   r3, r7
    strd    r8, r9, [sp, #AT]
    ldr     r12, [sp, #BLOCK]
    ldr     r0, [sp, #BLOCK_BYTES]
    add     r12, r12, r0
    b       2b
5:  ldrd    r0, r1, [sp, #PLANE]
    ldrd    r2, r3, [sp, #STEP_BYTES]
    add     r0, r0, r2
    add     r1, r1, r3
    strd    r0, r1, [sp, #PLANE]
    ldr     r2, [sp, #STEPS]
    subs    r2, r2, #1
    str     r2, [sp, #STEPS]
    bne     1b
    add     sp, sp, #JOB + 4
    pop     {r4-r11, pc}
    .size \name, . - \name
    .endm

    core depthwise_conv_2d_s8_dsp_multi_core_up, requantize_up
    core depthwise_conv_2d_s8_dsp_multi_core_exact, requantize_exact
