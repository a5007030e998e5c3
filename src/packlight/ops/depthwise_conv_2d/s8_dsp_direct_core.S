// SPDX-License-Identifier: Apache-2.0
// See s8_dsp_direct_core.h. r0 to r3 sums; r4 input, r5 filter, r6 and r7 their steps; r8 offset; r9 taps left.

    .syntax unified
    .thumb

    .equ JOB, 64
    .equ INPUT, 0                // and filter
    .equ OUTPUT, 8               // and bias
    .equ BIAS, 12
    .equ MULTIPLIER, 16          // and shift
    .equ GROUPS, 24
    .equ TAPS, 28
    .equ ROWS, 32
    .equ ACROSS, 36              // and channels
    .equ TO_ROW, 44              // and to_filter_row
    .equ OFFSET, 52
    .equ ZERO, 56
    .equ LEFT, 60

    .section .text.depthwise_conv_2d_s8_dsp_direct_core, "ax", %progbits
    .balign 4
    .global depthwise_conv_2d_s8_dsp_direct_core
    .type depthwise_conv_2d_s8_dsp_direct_core, %function
    .thumb_func
depthwise_conv_2d_s8_dsp_direct_core:
    push    {r4-r11, lr}
    sub     sp, sp, #JOB + 4
    mov     r12, sp
    ldm     r0!, {r1-r8}
    stm     r12!, {r1-r8}
    ldm     r0, {r1-r8}
    stm     r12, {r1-r8}
    ldr     r8, [sp, #OFFSET]
    ldrd    r6, r7, [sp, #ACROSS]
1:  ldr     r12, [sp, #BIAS]
    movs    r0, #0
    movs    r1, #0
    movs    r2, #0
    movs    r3, #0
    cmp     r12, #0
    beq     2f
    ldm     r12!, {r0-r3}
    str     r12, [sp, #BIAS]
2:  ldrd    r4, r5, [sp, #INPUT]
    add     r10, r4, #4
    add     r11, r5, #4
    strd    r10, r11, [sp, #INPUT]
    ldrd    r9, r10, [sp, #TAPS]
3:  str     r10, [sp, #LEFT]
4:  ldr     r10, [r4]
    ldr     r11, [r5]
    add     r4, r4, r6
    add     r5, r5, r7
    sxtab16 r12, r8, r10
    sxtab16 r10, r8, r10, ror #8
    sxtb16  lr, r11
    sxtb16  r11, r11, ror #8
    smlabb  r0, r12, lr, r0
    smlatt  r2, r12, lr, r2
    smlabb  r1, r10, r11, r1
    smlatt  r3, r10, r11, r3
    subs    r9, r9, #1
    bne     4b
    ldrd    r10, r11, [sp, #TO_ROW]
    add     r4, r4, r10
    add     r5, r5, r11
    ldr     r9, [sp, #TAPS]
    ldr     r10, [sp, #LEFT]
    subs    r10, r10, #1
    bne     3b
    ldrd    r4, r5, [sp, #MULTIPLIER]
    ldr     r9, [sp, #OUTPUT]
    ldr     r10, [sp, #ZERO]
    .irp    sum, r0, r1, r2, r3
    ldr     r11, [r4], #4
    ldrsb   r12, [r5], #1
    lsl     lr, r10, r12
    add     lr, lr, \sum, asr #31
    lsls    \sum, \sum, #1
    smmlar  \sum, \sum, r11, lr
    asr     \sum, \sum, r12
    ssat    \sum, #8, \sum, asr #1
    strb    \sum, [r9], #1
    .endr
    strd    r4, r5, [sp, #MULTIPLIER]
    str     r9, [sp, #OUTPUT]
    ldr     r10, [sp, #GROUPS]
    subs    r10, r10, #1
    str     r10, [sp, #GROUPS]
    bne     1b
    add     sp, sp, #JOB + 4
    pop     {r4-r11, pc}
    .size depthwise_conv_2d_s8_dsp_direct_core, . - depthwise_conv_2d_s8_dsp_direct_core
