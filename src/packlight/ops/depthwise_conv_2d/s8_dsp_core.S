// SPDX-License-Identifier: Apache-2.0
// See s8_dsp_core.h. r0 to r3 sums; r4 to r7 words of plane and weights; r8 plane, r9 weights; r10 words left in a row,
// r12 rows left; r11 the block's place in the plane; lr job.

    .syntax unified
    .thumb

    .equ BIAS, 0
    .equ MULTIPLIER, 4           // and rounding
    .equ SHIFT, 12
    .equ OUT_PAIR, 16
    .equ OUT_STEP, 20
    .equ OUTPUTS, 24
    .equ STEPS, 28
    .equ ROWS, 32
    .equ WORDS, 36
    .equ ROW_BYTES, 40
    .equ STEP_BYTES, 44
    .equ BLOCK_BYTES, 48
    .equ WEIGHTS, 52
    .equ PLANE, 56
    .equ OUTPUT, 60
    .equ AT, 64                  // and left

    .macro requantize sum
    add     r7, r5, \sum, asr #31
    smmlar  \sum, \sum, r4, r7
    asrs    \sum, r6
    ssat    \sum, #8, \sum
    .endm

// An odd number of words begins with the second half.
    .macro words_1
    ldr     r10, [lr, #WORDS]
    lsrs    r10, r10, #1
    bcc     7f
    ldr     r5, [r8], #4
    add     r10, r10, #1
    b       8f
7:  ldr     r4, [r8], #4
4:  ldr     r5, [r8], #4
    ldrd    r6, r7, [r9], #8
    smlad   r0, r4, r6, r0
    smlad   r1, r4, r7, r1
    smlad   r2, r5, r6, r2
    smlad   r3, r5, r7, r3
8:  ldr     r4, [r8], #4
    ldrd    r6, r7, [r9], #8
    smlad   r0, r5, r6, r0
    smlad   r1, r5, r7, r1
    smlad   r2, r4, r6, r2
    smlad   r3, r4, r7, r3
    .endm

// An even number of words.
    .macro words_2
    ldr     r10, [lr, #WORDS]
    lsrs    r10, r10, #1
    ldr     r4, [r8], #4
4:  ldrd    r5, r6, [r8], #8
    ldr     r7, [r9], #8
    smlad   r0, r4, r7, r0
    smlad   r1, r5, r7, r1
    smlad   r2, r6, r7, r2
    ldr     r4, [r8]
    smlad   r3, r4, r7, r3
    ldr     r7, [r9], #8
    smlad   r0, r5, r7, r0
    smlad   r1, r6, r7, r1
    smlad   r2, r4, r7, r2
    ldr     r5, [r8, #4]
    smlad   r3, r5, r7, r3
    mov     r4, r6
    .endm

    .macro core name, words
    .section .text.\name, "ax", %progbits
    .balign 4
    .global \name
    .type \name, %function
    .thumb_func
\name:
    push    {r4-r11, lr}
    mov     lr, r0
1:  ldrd    r11, r8, [lr, #PLANE]
    ldr     r9, [lr, #OUTPUTS]
    strd    r8, r9, [lr, #AT]
2:  ldr     r0, [lr, #BIAS]
    ldr     r9, [lr, #WEIGHTS]
    mov     r1, r0
    mov     r2, r0
    mov     r3, r0
    mov     r8, r11
    ldr     r12, [lr, #ROWS]
3:  \words
    subs    r10, r10, #1
    bne     4b
    ldr     r10, [lr, #ROW_BYTES]
    add     r8, r8, r10
    subs    r12, r12, #1
    bne     3b
    ldrd    r4, r5, [lr, #MULTIPLIER]
    ldrd    r6, r10, [lr, #SHIFT]
    ldrd    r8, r9, [lr, #AT]
    requantize r0
    requantize r1
    requantize r2
    requantize r3
    subs    r9, r9, #4
    bmi     6f
    strb    r0, [r8]
    strb    r1, [r8, r10]
    add     r8, r8, r10, lsl #1
    strb    r2, [r8]
    strb    r3, [r8, r10]
    add     r8, r8, r10, lsl #1
    beq     5f
    strd    r8, r9, [lr, #AT]
    ldr     r0, [lr, #BLOCK_BYTES]
    add     r11, r11, r0
    b       2b
6:  strb    r0, [r8]
    adds    r9, r9, #3
    beq     5f
    strb    r1, [r8, r10]
    subs    r9, r9, #1
    beq     5f
    add     r8, r8, r10, lsl #1
    strb    r2, [r8]
5:  ldrd    r0, r1, [lr, #PLANE]
    ldr     r2, [lr, #STEP_BYTES]
    ldr     r3, [lr, #OUT_STEP]
    add     r0, r0, r2
    add     r1, r1, r3
    strd    r0, r1, [lr, #PLANE]
    ldr     r2, [lr, #STEPS]
    subs    r2, r2, #1
    str     r2, [lr, #STEPS]
    bne     1b
    pop     {r4-r11, pc}
    .size \name, . - \name
    .endm

    core depthwise_conv_2d_s8_dsp_core_1, words_1
    core depthwise_conv_2d_s8_dsp_core_2, words_2
