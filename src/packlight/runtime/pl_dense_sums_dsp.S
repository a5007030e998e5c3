// SPDX-License-Identifier: Apache-2.0
// See pl_dense_sums_dsp.h, and pl_dense_dsp.h for how weights and inputs are packed.
  .syntax unified
  .thumb

// r0-r3: sums, r4, r5: weights, r6: input, r7, r8: constants of widening, r9, r10: inputs, r11, r12: weights, lr: count.
.macro QUAD
  ldr r10, [r6], #4
  ldrd r11, r12, [r4], #8
  sxtab16 r9, r7, r10, ror #8
  and r10, r8, r10, lsl #8
  ssub16 r10, r10, r9
  smlad r0, r11, r9, r0
  smlad r1, r12, r9, r1
  sxtb16 r11, r11
  sxtb16 r12, r12
  smlad r0, r11, r10, r0
  smlad r1, r12, r10, r1
  ldrd r11, r12, [r5], #8
  smlad r2, r11, r9, r2
  smlad r3, r12, r9, r3
  sxtb16 r11, r11
  sxtb16 r12, r12
  smlad r2, r11, r10, r2
  smlad r3, r12, r10, r3
.endm

  .section .text.pl_dense_sums_dsp, "ax", %progbits
  .balign 4
  .global pl_dense_sums_dsp
  .thumb_func
  .type pl_dense_sums_dsp, %function
pl_dense_sums_dsp:
  push {r0, r4-r11, lr}
  ldr lr, [sp, #40]
  mov r6, r1
  mov r4, r2
  mov r5, r3
  movw r7, #0xff81
  movt r7, #0xff81
  mov r8, #0xff00ff00
  movs r0, #0
  movs r1, #0
  movs r2, #0
  movs r3, #0
  add lr, lr, #1
  lsrs lr, lr, #1  // two quads at a time, but the first alone where their number is odd
  bcc 2f
1:
  QUAD
2:
  QUAD
  subs lr, lr, #1
  bne 1b
  pop {r12}
  ldm r12, {r4-r7}
  add r4, r4, r0, asr #8
  add r5, r5, r1, asr #8
  add r6, r6, r2, asr #8
  add r7, r7, r3, asr #8
  stm r12, {r4-r7}
  pop {r4-r11, pc}
  .size pl_dense_sums_dsp, . - pl_dense_sums_dsp
