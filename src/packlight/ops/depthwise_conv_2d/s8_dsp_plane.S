// SPDX-License-Identifier: Apache-2.0
// See s8_dsp_plane.h. r0 input, r1 plane, r2 layout; then r3 to r7 hold the layout's first five members.

    .syntax unified
    .thumb

    .macro function name
    .section .text.\name, "ax", %progbits
    .balign 4
    .global \name
    .type \name, %function
    .thumb_func
\name:
    .endm

// One column of elements whose words hold only one of them, r1 pointing to its half.
    .macro column_one
    mov     r9, r0
    mov     r10, r1
    mov     r8, r5
1:  ldrsb   r11, [r9]
    add     r9, r9, r4
    strh    r11, [r10], #4
    subs    r8, r8, #1
    bne     1b
    .endm

    .macro column_two
    mov     r9, r0
    mov     r10, r1
    mov     r8, r5
1:  ldrsb   r11, [r9]
    ldrsb   r12, [r9, #1]
    add     r9, r9, r4
    strh    r12, [r10, r7]
    strh    r11, [r10], #4
    subs    r8, r8, #1
    bne     1b
    .endm

// Two columns of elements, neighbours along the pair axis.
    .macro pair_one
    mov     r9, r0
    mov     r10, r1
    mov     r8, r5
1:  ldrsb   r11, [r9]
    ldrsb   r12, [r9, r3]
    add     r9, r9, r4
    pkhbt   r11, r11, r12, lsl #16
    str     r11, [r10], #4
    subs    r8, r8, #1
    bne     1b
    .endm

    .macro build columns, pairs
    push    {r4-r11, lr}
    ldm     r2!, {r3-r7}
    ldr     lr, [r2]             // whether the first column has a neighbour outside of the input
    cmp     lr, #0
    beq     8f
    adds    r1, r1, #2
    \columns
    add     r0, r0, r3
    subs    r1, r1, #2
    add     r1, r1, r6
8:  ldr     lr, [r2, #4]         // full pairs
    cmp     lr, #0
    beq     8f
7:  \pairs
    add     r0, r0, r3, lsl #1
    add     r1, r1, r6
    subs    lr, lr, #1
    bne     7b
8:  ldr     lr, [r2, #8]         // whether the last column is alone
    cmp     lr, #0
    beq     8f
    \columns
8:  pop     {r4-r11, pc}
    .endm

// Two pairs of two channels each.
    .macro words
    ldrh    r11, [r9]
    ldrh    r12, [r9, r3]
    add     r9, r9, r4
    orr     r11, r11, r12, lsl #16
    sxtb16  r12, r11
    sxtb16  r11, r11, ror #8
    str     r11, [r10, r7]
    str     r12, [r10], #4
    .endm

    .macro pair_words
    mov     r9, r0
    mov     r10, r1
    lsrs    r8, r5, #1
    bcc     1f
    words
    beq     2f
1:  words
    words
    subs    r8, r8, #1
    bne     1b
2:
    .endm

    function depthwise_conv_2d_s8_dsp_plane_one
    build column_one, pair_one
    .size depthwise_conv_2d_s8_dsp_plane_one, . - depthwise_conv_2d_s8_dsp_plane_one

    function depthwise_conv_2d_s8_dsp_plane_two
    build column_two, pair_words
    .size depthwise_conv_2d_s8_dsp_plane_two, . - depthwise_conv_2d_s8_dsp_plane_two

    function depthwise_conv_2d_s8_dsp_plane_fill
    pkhbt   r2, r2, r2, lsl #16
1:  subs    r1, r1, #4
    str     r2, [r0], #4
    bgt     1b
    bx      lr
    .size depthwise_conv_2d_s8_dsp_plane_fill, . - depthwise_conv_2d_s8_dsp_plane_fill
