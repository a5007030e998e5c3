// SPDX-License-Identifier: Apache-2.0
  .syntax unified
  .thumb
  .section .text.add_s8_mve_core,"ax",%progbits
  .balign 4
  .global add_s8_mve_core
  .type add_s8_mve_core, %function
  .thumb_func

// The sums of every second element, which lie in 16 bits: first, second -> the upper halves of 32 bits in sum.
  .macro sums sum other first second
  vmovlb.s16 \sum, \first
  vmovlb.s16 \other, \second
  vmul.i32 \sum, \sum, r5
  vmovlt.s16 \first, \first
  vmla.s32 \sum, \other, r6
  vmovlt.s16 \second, \second
  vadd.i32 \sum, \sum, r7
  vmul.i32 \first, \first, r5
  vshrnb.i32 \sum, \sum, #16
  vmla.s32 \first, \second, r6
  vadd.i32 \first, \first, r7
  vshrnt.i32 \sum, \first, #16
  .endm

add_s8_mve_core:
  push {r4-r7, lr}
  vpush {d8-d11}
  ldm r0, {r4-r7}  // length, factors, addend
1:
  vctp.8 r4
  vpstt
  vldrbt.u8 q0, [r1], #16
  vldrbt.u8 q1, [r2], #16
  vmovlb.s8 q2, q0
  vmovlb.s8 q3, q1
  vmovlt.s8 q0, q0
  vmovlt.s8 q1, q1
  sums q4, q5, q2, q3
  sums q2, q5, q0, q1
  vqrshrnb.s16 q4, q4, #6  // without rounding it would be VQSHRN, which GNU as 2.40 encodes as this
  vqrshrnt.s16 q4, q2, #6
  vpst
  vstrbt.8 q4, [r3], #16
  subs r4, #16
  bgt 1b
  vpop {d8-d11}
  pop {r4-r7, pc}
  .size add_s8_mve_core, . - add_s8_mve_core
