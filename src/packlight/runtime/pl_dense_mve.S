// SPDX-License-Identifier: Apache-2.0
// Four rows against two channels fill the eight even registers, the only ones that VMLADAV sums into; the pointers live
// in the odd ones and all else on the stack.
#include "pl_dense_mve_frame.h"

function pl_dense_mve_deep
  enter
  and r6, r4, #15
  str r6, [sp, #F_REST]
  cmp r6, #0
  ite eq
  adreq.w r7, .Lfinish + 1
  adrne.w r7, .Lrest + 1
  str r7, [sp, #F_AFTER]
  lsrs r6, r4, #4
  subs r6, #1
  rsb r5, r6, #0
  and r5, r5, #3
  adds r6, #3
  lsrs r6, r6, #2
  str r6, [sp, #F_ROUNDS]
  movs r0, #STEP
  adr.w r8, .Lround + 1
  mla r8, r5, r0, r8
  cmp r6, #0
  it eq
  moveq r8, r7
  str r8, [sp, #F_ENTRY]
.Lblock:
  adr.w r11, .Lfirst + 1
  str r11, [sp, #F_NEXT]
  rows
  strd r1, r3, [sp, #F_ROWS]
  strd r5, r7, [sp, #F_ROWS + 8]
.Lpair:
  ldrd r1, r3, [sp, #F_ROWS]
  ldrd r5, r7, [sp, #F_ROWS + 8]
  step
  ldr r11, [sp, #F_ROUNDS]
  ldr.w pc, [sp, #F_ENTRY]
.Lround:
  step a
  step a
  step a
  step a
  subs.w r11, r11, #1
  bne .Lround
  ldr.w pc, [sp, #F_AFTER]
.Lrest:
  ldr r11, [sp, #F_REST]
  vctp.8 r11
  vpstttt
  vldrbt.u8 q0, [r1]
  vldrbt.u8 q1, [r3]
  vldrbt.u8 q2, [r5]
  vldrbt.u8 q3, [r7]
  vpst
  vldrbt.u8 q4, [r9]
  add r9, r11
  vpst
  vldrbt.u8 q5, [r9]
  add r9, r11
  products a
.Lfinish:
  ldr.w pc, [sp, #F_NEXT]
.Lfirst:
  gather q6, q7
  adr.w r11, .Lsecond + 1
  str r11, [sp, #F_NEXT]
  b .Lpair
.Lsecond:
  gather q0, q1
  requantize_four
  store q2, q4, q3
  adr.w r11, .Lfirst + 1
  strd r10, r11, [sp, #F_BIAS]
  ldr r0, [sp, #F_END]
  cmp r10, r0
  bne.w .Lpair
  ldrd r2, r0, [sp, #F_STRIDE]
  ldr r1, [sp, #F_ROWS]
  add r1, r1, r2, lsl #2
  next_block
  bne.w .Lblock
  leave
done pl_dense_mve_deep

// At most sixteen inputs: the rows stay in registers.
function pl_dense_mve_flat
  enter
  str r1, [sp, #F_ROWS]
  vctp.8 r4
  lsls r4, r4, #1
  str r4, [sp, #F_REST]
.Lflat_block:
  ldr r1, [sp, #F_ROWS]
  ldr r2, [sp, #F_STRIDE]
  rows
  vpstttt
  vldrbt.u8 q0, [r1]
  vldrbt.u8 q1, [r3]
  vldrbt.u8 q2, [r5]
  vldrbt.u8 q3, [r7]
  add r1, r7, r2
  str r1, [sp, #F_ROWS]
  ldr r11, [sp, #F_REST]
  ldr r3, [sp, #F_BIAS]
  ldr r5, [sp, #F_END]
  add r7, r9, r11, lsr #1

  .macro flat_pair first second
  vpstt
  vldrbt.u8 q4, [r9]
  vldrbt.u8 q5, [r7]
  add r9, r11
  add r7, r11
  products
  gather q4, q5
  ldm r3!, {r0, r2, r4, r6}
  requantize \first, q4, r0, r2
  requantize \second, q5, r4, r6
  vqmovnb.s32 \first, \first
  vqmovnt.s32 \first, \second
  .endm

.Lflat_four:
  flat_pair q6, q7
  flat_pair q7, q4
  store q6, q7, q5
  cmp r3, r5
  bne .Lflat_four
  next_block
  bne.w .Lflat_block
  leave
done pl_dense_mve_flat

// One row. r0 layer, r1 row, r2 output.
function pl_dense_mve_row
  push {r3-r11, lr}
  vpush {d8-d15}
  mov r8, r0
  mov r10, r1
  ldrd r3, r5, [r8, #BIAS_STEP]
  ldr r9, [r8, #WEIGHTS]
  ldr r0, [r8, #OUTPUTS]
  strd r0, r2, [sp, #-8]!     // channels left, output
  movs r0, #0
  lsl r1, r3, #1
  add r4, r3, r1
  vmov q7[2], q7[0], r0, r3   // the biases' offsets: 0, 2, 1, 3 steps
  vmov q7[3], q7[1], r1, r4
  lsl r1, r5, #1
  add r4, r5, r1
  vmov q6[2], q6[0], r0, r5
  vmov q6[3], q6[1], r1, r4
  ldrd r3, r5, [r8, #BIAS]
  ldr r7, [r8, #DEPTH]
  ldr r0, [sp]
  subs r0, #4
  blt .Lrow_last
.Lrow_four:
  str r0, [sp]
  add r11, r9, r7, lsl #1
  mov r1, r10
  movs r0, #0
  movs r2, #0
  movs r4, #0
  movs r6, #0
  lsr r12, r7, #4
  wls lr, r12, .Lrow_rest
.Lrow_step:
  vldrb.u8 q0, [r1], #16
  vldrb.u8 q1, [r9], #16
  vmladava.s8 r0, q0, q1
  vldrb.u8 q2, [r9], #16
  vmladava.s8 r2, q0, q2
  vldrb.u8 q3, [r11], #16
  vmladava.s8 r4, q0, q3
  vldrb.u8 q1, [r11], #16
  vmladava.s8 r6, q0, q1
  le lr, .Lrow_step
.Lrow_rest:
  ands r12, r7, #15
  beq .Lrow_sums
  vctp.8 r12
  vpsttt
  vldrbt.u8 q0, [r1]
  vldrbt.u8 q1, [r9]
  vldrbt.u8 q3, [r11]
  add r9, r12
  add r11, r12
  vpstt
  vldrbt.u8 q2, [r9]
  vldrbt.u8 q4, [r11]
  add r11, r12
  vmladava.s8 r0, q0, q1
  vmladava.s8 r2, q0, q2
  vmladava.s8 r4, q0, q3
  vmladava.s8 r6, q0, q4
.Lrow_sums:
  mov r9, r11
  vmov q0[2], q0[0], r0, r2
  vmov q0[3], q0[1], r4, r6
  vldrw.u32 q1, [r3, q7]
  vldrw.u32 q2, [r5, q6]
  ldrd r0, r4, [r8, #BIAS_STEP]
  add r3, r3, r0, lsl #2
  add r5, r5, r4, lsl #2

  .macro requantize_row
  vshr.s32 q3, q1, #8
  vadd.i32 q0, q0, q3
  vqrdmulh.s32 q3, q0, q2
  vshr.s32 q0, q0, #31
  vadd.i32 q0, q0, q3
  vrshl.s32 q0, q0, q1
  ldr r0, [r8, #OUTPUT_OFFSET]
  vadd.i32 q0, q0, r0
  vqmovnb.s32 q0, q0
  vqmovnb.s16 q0, q0
  .endm

  requantize_row
  ldr r2, [sp, #4]
  vstrb.32 q0, [r2], #4
  str r2, [sp, #4]
  ldr r0, [sp]
  subs r0, #4
  bge .Lrow_four
.Lrow_last:
  adds r11, r0, #4
  beq .Lrow_leave
.Lrow_one:
  mov r1, r10
  mov r4, r9
  movs r2, #0
  wlstp.8 lr, r7, .Lrow_one_sum
.Lrow_one_step:
  vldrb.u8 q0, [r1], #16
  vldrb.u8 q1, [r4], #16
  vmladava.s8 r2, q0, q1
  letp lr, .Lrow_one_step
.Lrow_one_sum:
  add r9, r7
  vdup.32 q0, r2
  ldr r1, [r3]
  ldr r4, [r5]
  vdup.32 q1, r1
  vdup.32 q2, r4
  ldrd r0, r4, [r8, #BIAS_STEP]
  add r3, r0
  add r5, r4
  requantize_row
  ldr r2, [sp, #4]
  vmov.s8 r0, q0[0]
  strb r0, [r2], #1
  str r2, [sp, #4]
  subs.w r11, r11, #1
  bne .Lrow_one
.Lrow_leave:
  add sp, #8
  vpop {d8-d15}
  pop {r3-r11, pc}
done pl_dense_mve_row
