// SPDX-License-Identifier: Apache-2.0
#include "pl_dense_mve_frame.h"

// Sixteen inputs of six columns, which four windows share: each column counts for up to three windows.
  .macro columns accumulate
  vldrb.u8 q6, [r1], #16
  vldrb.u8 q0, [r9], #16
  vldrb.u8 q1, [r9], #16
  vmladav\accumulate\().s8 r0, q6, q0
  vldrb.u8 q7, [r1], #16
  vmladav\accumulate\().s8 r8, q6, q1
  vldrb.u8 q2, [r9], #16
  vmladav\accumulate\().s8 r2, q7, q0
  vldrb.u8 q3, [r9], #16
  vmladav\accumulate\().s8 r10, q7, q1
  vldrb.u8 q6, [r1], #16
  vmladava.s8 r0, q7, q2
  vldrb.u8 q4, [r9], #16
  vmladava.s8 r8, q7, q3
  vldrb.u8 q5, [r9], #16
  vmladav\accumulate\().s8 r4, q6, q0
  vldrb.u8 q7, [r1], #16
  vmladav\accumulate\().s8 r12, q6, q1
  vmladava.s8 r2, q6, q2
  vmladava.s8 r10, q6, q3
  vmladava.s8 r0, q6, q4
  vmladava.s8 r8, q6, q5
  vldrb.u8 q6, [r1], #16
  vmladav\accumulate\().s8 r6, q7, q0
  vmladav\accumulate\().s8 lr, q7, q1
  vmladava.s8 r4, q7, q2
  vmladava.s8 r12, q7, q3
  vmladava.s8 r2, q7, q4
  vmladava.s8 r10, q7, q5
  vldrb.u8 q7, [r1], #16
  vmladava.s8 r6, q6, q2
  vmladava.s8 lr, q6, q3
  vmladava.s8 r4, q6, q4
  vmladava.s8 r12, q6, q5
  vmladava.s8 r6, q7, q4
  vmladava.s8 lr, q7, q5
  .endm

// Windows of three columns, each of which is at least two times sixteen inputs.
function pl_dense_mve_three
  enter
  movs r5, #48
  udiv r5, r4, r5
  subs r5, #1
  str r5, [sp, #F_ROUNDS]
  subs r2, #96
  str r2, [sp, #F_STRIDE]
.Lthree_block:
  str r1, [sp, #F_ROWS]
  adr.w r11, .Lthree_first + 1
  str r11, [sp, #F_NEXT]
.Lthree_pair:
  ldr r1, [sp, #F_ROWS]
  ldr r3, [sp, #F_STRIDE]
  ldr r5, [sp, #F_ROUNDS]
  columns
.Lthree_round:
  add r1, r3
  columns a
  subs r5, #1
  bne .Lthree_round
  ldr.w pc, [sp, #F_NEXT]
.Lthree_first:
  gather q0, q1
  vstrw.32 q0, [sp, #F_SUMS]
  vstrw.32 q1, [sp, #F_SUMS + 16]
  adr.w r11, .Lthree_second + 1
  str r11, [sp, #F_NEXT]
  b .Lthree_pair
.Lthree_second:
  gather q0, q1
  vldrw.u32 q6, [sp, #F_SUMS]
  vldrw.u32 q7, [sp, #F_SUMS + 16]
  requantize_four
  store q2, q4, q3
  adr.w r11, .Lthree_first + 1
  strd r10, r11, [sp, #F_BIAS]
  ldr r0, [sp, #F_END]
  cmp r10, r0
  bne.w .Lthree_pair
  ldr r1, [sp, #F_ROWS]
  adds r1, #64
  next_block
  bne.w .Lthree_block
  leave
done pl_dense_mve_three
