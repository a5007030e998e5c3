// SPDX-License-Identifier: Apache-2.0
// See pl_dense_plain_dsp.h.
  .syntax unified
  .thumb

// r0-r3: sums, r4, r5: weights, r6: input, r7, r8: inputs, r9-r12: weights, lr: count.
.macro PRODUCTS words, sum, free
  sxtb16 \free, \words
  sxtb16 \words, \words, ror #8
  smlad \sum, \free, r7, \sum
  smlad \sum, \words, r8, \sum
.endm

  .section .text.pl_dense_plain_dsp, "ax", %progbits
  .balign 4
  .global pl_dense_plain_dsp
  .thumb_func
  .type pl_dense_plain_dsp, %function
pl_dense_plain_dsp:
  push {r0, r4-r11, lr}
  ldr lr, [sp, #40]
  mov r6, r1
  mov r4, r2
  mov r5, r3
  ldm r0, {r0-r3}
1:
  ldr r8, [r6], #4
  ldrd r9, r10, [r4], #8
  sxtb16 r7, r8
  sxtb16 r8, r8, ror #8
  PRODUCTS r9, r0, r11
  PRODUCTS r10, r1, r11
  ldrd r9, r10, [r5], #8
  PRODUCTS r9, r2, r11
  PRODUCTS r10, r3, r11
  subs lr, lr, #1
  bne 1b
  pop {r12}
  stm r12, {r0-r3}
  pop {r4-r11, pc}
  .size pl_dense_plain_dsp, . - pl_dense_plain_dsp
