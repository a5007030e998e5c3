// SPDX-License-Identifier: Apache-2.0
// What the assembly cores of pl_dense_mve.h for four rows share: offsets, the frame, and requantisation.
//
// The double rounding of gemmlowp is VQRDMULH, and VRSHL after one has been taken from negative values: VQRDMLAH adds
// that one to the product (exact for shifts of at least one bit, or where what is below the zero point is clamped).
  .syntax unified
  .thumb

// The offsets of pl_dense_mve_layer.
  .equ DEPTH, 0
  .equ OUTPUTS, 4
  .equ OUTPUT_OFFSET, 8
  .equ BIAS_STEP, 12
  .equ MULTIPLIER_STEP, 16
  .equ WEIGHTS, 20
  .equ BIAS, 24
  .equ MULTIPLIER, 28

// The frame of the cores for four rows.
  .equ F_ROWS, 0     // four pointers
  .equ F_BIAS, 16    // of the next four channels
  .equ F_NEXT, 20    // where a pair of channels continues
  .equ F_ENTRY, 24   // where the unrolled loop begins
  .equ F_ROUNDS, 28  // of the unrolled loop
  .equ F_AFTER, 32   // where it ends
  .equ F_REST, 36    // depth % 16
  .equ F_END, 40     // of the biases
  .equ F_OFFSET, 44  // the output's zero point
  .equ F_BLOCKS, 48
  .equ F_STRIDE, 52   // bytes from one row to the next
  .equ F_OUTPUTS, 56
  .equ F_LAYER, 60
  .equ F_OUTPUT, 64  // four addresses
  .equ F_SUMS, 80    // of two channels
  .equ F_SIZE, 112
  .equ F_ARGUMENT, F_SIZE + 64 + 40  // the fifth argument

  .macro function name
  .section .text.\name,"ax",%progbits
  .balign 4
  .global \name
  .type \name, %function
  .thumb_func
\name:
  .endm

  .macro done name
  .size \name, . - \name
  .endm

// r0 layer, r1 rows, r2 stride, r3 blocks. Leaves r4 depth, r9 weights.
  .macro enter
  push {r3-r11, lr}
  vpush {d8-d15}
  sub sp, #F_SIZE
  ldr r4, [r0, #DEPTH]
  ldr r5, [r0, #OUTPUTS]
  ldr r6, [r0, #OUTPUT_OFFSET]
  ldr r9, [r0, #WEIGHTS]
  ldr r8, [r0, #BIAS]
  ldr r7, [sp, #F_ARGUMENT]
  str r6, [sp, #F_OFFSET]
  str r3, [sp, #F_BLOCKS]
  strd r2, r5, [sp, #F_STRIDE]
  str r0, [sp, #F_LAYER]
  add r6, r8, r5, lsl #3
  str r6, [sp, #F_END]
  str r8, [sp, #F_BIAS]
  movs r0, #0
  vidup.u32 q1, r0, #1
  subs r7, #4
  vdup.32 q0, r7
  vmla.s32 q0, q1, r5
  vstrw.32 q0, [sp, #F_OUTPUT]
  .endm

// r1 first row, r2 stride -> the addresses of four rows in r1, r3, r5, r7.
  .macro rows
  add r3, r1, r2
  add r5, r3, r2
  add r7, r5, r2
  .endm

// Moves the output on to the next block of rows, and counts it (flags).
  .macro next_block
  ldr r0, [sp, #F_OUTPUTS]
  vldrw.u32 q0, [sp, #F_OUTPUT]
  add r0, r0, r0, lsl #1
  vadd.i32 q0, q0, r0
  vstrw.32 q0, [sp, #F_OUTPUT]
  ldr r0, [sp, #F_LAYER]
  ldr r9, [r0, #WEIGHTS]
  ldr r8, [r0, #BIAS]
  str r8, [sp, #F_BIAS]
  ldr r0, [sp, #F_BLOCKS]
  subs r0, #1
  str r0, [sp, #F_BLOCKS]
  .endm

  .macro leave
  add sp, #F_SIZE
  vpop {d8-d15}
  pop {r3-r11, pc}
  .endm

  .macro products accumulate
  vmladav\accumulate\().s8 r0, q0, q4
  vmladav\accumulate\().s8 r2, q1, q4
  vmladav\accumulate\().s8 r4, q2, q4
  vmladav\accumulate\().s8 r6, q3, q4
  vmladav\accumulate\().s8 r8, q0, q5
  vmladav\accumulate\().s8 r10, q1, q5
  vmladav\accumulate\().s8 r12, q2, q5
  vmladav\accumulate\().s8 lr, q3, q5
  .endm

// Sixteen inputs of four rows and two channels: 14 instructions of 4 bytes.
  .equ STEP, 56
  .macro step accumulate
  vldrb.u8 q0, [r1], #16
  vldrb.u8 q4, [r9], #16
  vldrb.u8 q1, [r3], #16
  vldrb.u8 q2, [r5], #16
  vldrb.u8 q5, [r9], #16
  vldrb.u8 q3, [r7], #16
  products \accumulate
  .endm

// The sums of two channels, as one vector of the four rows each.
  .macro gather first second
  vmov \first[2], \first[0], r0, r4
  vmov \first[3], \first[1], r2, r6
  vmov \second[2], \second[0], r8, r12
  vmov \second[3], \second[1], r10, lr
  .endm

// scaled = the sums requantised; bias holds the shift in its lowest byte. Overwrites r8.
  .macro requantize scaled sums bias multiplier
  asr r8, \bias, #8
  vadd.i32 \sums, \sums, r8
  vshr.s32 \scaled, \sums, #31
  vqrdmlah.s32 \scaled, \sums, \multiplier
  vrshl.s32 \scaled, \bias
  .endm

// Four rows of four channels: low holds channels 0 and 2, high 1 and 3, as 16 bits. Overwrites r8.
  .macro store low high address
  ldr r8, [sp, #F_OFFSET]
  vqadd.s16 \low, \low, r8
  vqadd.s16 \high, \high, r8
  vldrw.u32 \address, [sp, #F_OUTPUT]
  vqmovnb.s16 \low, \low
  vqmovnt.s16 \low, \high
  vstrw.32 \low, [\address, #4]!
  vstrw.32 \address, [sp, #F_OUTPUT]
  .endm

// The sums of four channels in q6, q7, q0, q1 -> q2, q4 for `store`. Leaves the next biases in r10.
  .macro requantize_four
  ldr r10, [sp, #F_BIAS]
  ldm r10!, {r0-r7}
  requantize q2, q6, r0, r1
  requantize q3, q7, r2, r3
  requantize q4, q0, r4, r5
  requantize q5, q1, r6, r7
  vqmovnb.s32 q2, q2
  vqmovnt.s32 q2, q3
  vqmovnb.s32 q4, q4
  vqmovnt.s32 q4, q5
  .endm
