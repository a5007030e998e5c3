// SPDX-License-Identifier: Apache-2.0
  .syntax unified
  .thumb

  .equ J_PLANE, 0
  .equ J_WEIGHTS, 8
  .equ J_CHANNELS, 16
  .equ J_TAPS, 20
  .equ J_PLANE_STEP, 24
  .equ J_CH_MULT, 28
  .equ J_LEFT, 32
  .equ J_STEP, 36
  .equ J_PIXEL, 40
  .equ J_OFFSET, 44
  .equ J_WHOLE, 48
  .equ J_CUT, 52
  .equ J_MASK, 56
  .equ J_WEIGHT_MASKS, 60
  .equ J_PATTERNS, 76

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

function depthwise_conv_2d_s8_mve_spread
  push {r4, r5, r6, lr}
  ldr r4, [sp, #16]
  ldrd r5, r6, [sp, #20]
  vctp.16 r4
  movs r4, #0
  vidup.u16 q1, r4, #1
  vmul.i16 q1, q1, r5
  dls lr, r3
1:
  vpstt
  vldrbt.u16 q0, [r1]
  vstrbt.16 q0, [r0, q1]
  add r1, r2
  add r0, r6
  le lr, 1b
  pop {r4, r5, r6, pc}
done depthwise_conv_2d_s8_mve_spread

  .macro weights vector index
  ldr r2, [r6, #J_WEIGHT_MASKS + 4 * \index]
  vldrb.u8 q4, [r12, #16 * \index]
  vmsr p0, r2
  vpst
  vldrbt.u8 \vector, [r4, q4]
  .endm

  .macro output vectors sum
  vldrb.u8 q4, [r1]
  .if \vectors > 1
  vldrb.u8 q5, [r1, #16]
  .endif
  vmladav.s8 \sum, q4, q0
  .if \vectors > 2
  vldrb.u8 q4, [r1, #32]
  .endif
  .if \vectors > 1
  vmladava.s8 \sum, q5, q1
  .endif
  .if \vectors > 2
  vldrb.u8 q5, [r1, #48]
  vmladava.s8 \sum, q4, q2
  vmladava.s8 \sum, q5, q3
  .endif
  add r1, r5
  .endm

  .macro four vectors then
  output \vectors, r0
  output \vectors, r2
  output \vectors, r4
  output \vectors, r6
  vmov q4[2], q4[0], r0, r4
  vmov q4[3], q4[1], r2, r6
  vadd.i32 q4, q4, r10
  vshr.s32 q5, q4, #31
  vqrdmlah.s32 q5, q4, r9
  vrshl.s32 q5, r8
  vadd.i32 q5, q5, r11
  vqmovnb.s32 q5, q5
  vqmovnb.s16 q5, q5
  .ifnb \then
  vpst
  vstrb\then\().32 q5, [r3, q7]
  .else
  vstrb.32 q5, [r3, q7]
  .endif
  add r3, r7
  .endm

  .macro core vectors
  push {r3-r11, lr}
  vpush {d8-d15}
  str r0, [sp, #-8]!
  mov r6, r0
  ldrd r5, r0, [r6, #J_STEP]
  movs r4, #0
  lsl r2, r0, #1
  add r1, r2, r0
  vmov q7[2], q7[0], r4, r2
  vmov q7[3], q7[1], r0, r1
  lsl r7, r0, #2
  ldr r11, [r6, #J_OFFSET]
1:
  ldrd r4, r0, [r6, #J_WEIGHTS]
  ldrd r8, r9, [r0], #8
  add r12, r6, #J_PATTERNS
  weights q0, 0
  .if \vectors > 1
  weights q1, 1
  .endif
  .if \vectors > 2
  weights q2, 2
  weights q3, 3
  .endif
  ldr r2, [r6, #J_TAPS]
  add r4, r2
  strd r4, r0, [r6, #J_WEIGHTS]
  ldrd r1, r3, [r6, #J_PLANE]
  adds r0, r3, #1
  str r0, [r6, #J_PLANE + 4]
  ldrd r0, r2, [r6, #J_CH_MULT]
  subs r2, #1
  bne 2f
  mov r2, r0
  ldr r0, [r6, #J_PLANE_STEP]
  add r0, r1
  str r0, [r6, #J_PLANE]
2:
  str r2, [r6, #J_LEFT]
  asr r10, r8, #8
  ldr r0, [r6, #J_MASK]
  vmsr p0, r0
  ldrd r0, r12, [r6, #J_WHOLE]
  wls lr, r0, 4f
3:
  four \vectors
  le lr, 3b
4:
  wls lr, r12, 6f
5:
  four \vectors, t
  le lr, 5b
6:
  ldr r6, [sp]
  ldr r0, [r6, #J_CHANNELS]
  subs r0, #1
  str r0, [r6, #J_CHANNELS]
  bne.w 1b
  add sp, #8
  vpop {d8-d15}
  pop {r3-r11, pc}
  .endm

function depthwise_conv_2d_s8_mve_core1
  core 1
done depthwise_conv_2d_s8_mve_core1

function depthwise_conv_2d_s8_mve_core2
  core 2
done depthwise_conv_2d_s8_mve_core2

function depthwise_conv_2d_s8_mve_core4
  core 4
done depthwise_conv_2d_s8_mve_core4
