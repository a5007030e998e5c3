// SPDX-License-Identifier: Apache-2.0
  .syntax unified
  .thumb

  .equ J_STRIP, 0
  .equ J_WEIGHTS, 8
  .equ J_CHANNELS, 16
  .equ J_TAPS, 20
  .equ J_PIXEL, 24
  .equ J_OFFSET, 32
  .equ J_MASK, 36
  .equ J_BLOCKS, 56
  .equ J_PATTERN, 40
  .equ B_WHOLE, 4
  .equ B_CUT, 8
  .equ B_MASK, 12
  .equ B_STEPS, 16
  .equ B_SIZE, 24

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

function depthwise_conv_2d_s8_mve_3x3_interleave
  push {r4-r10, lr}
  mov r8, r1
  mov lr, r2
  vctp.8 r3
  ldm r0, {r0-r7}
  dls lr, lr
.Lpixel:
  vpstttt
  vldrbt.u8 q0, [r0]
  vldrbt.u8 q1, [r1]
  vldrbt.u8 q2, [r2]
  vldrbt.u8 q3, [r3]
  add r0, r4
  add r1, r5
  add r2, r6
  add r3, r7
  vst40.8 {q0, q1, q2, q3}, [r8]
  vst41.8 {q0, q1, q2, q3}, [r8]
  vst42.8 {q0, q1, q2, q3}, [r8]
  vst43.8 {q0, q1, q2, q3}, [r8]!
  le lr, .Lpixel
  pop {r4-r10, pc}
done depthwise_conv_2d_s8_mve_3x3_interleave

// q6: the words of a patch. q7: where the four outputs go. r7: from these to the next ones. r11: the zero point.
  .macro enter stride
  push {r3-r11, lr}
  vpush {d8-d15}
  str r0, [sp, #-8]!
  mov r6, r0
  ldrd r0, r2, [r6, #J_PIXEL]
  movs r4, #0
  .if \stride == 1
  add r1, r0, r2
  vmov q7[2], q7[0], r4, r2
  vmov q7[3], q7[1], r0, r1
  lsl r7, r0, #1
  .else
  lsl r2, r0, #1
  add r1, r2, r0
  vmov q7[2], q7[0], r4, r2
  vmov q7[3], q7[1], r0, r1
  lsl r7, r0, #2
  .endif
  movs r0, #64
  vidup.u32 q6, r4, #1
  vmul.i32 q6, q6, r0
  .if \stride == 2
  movs r0, #128
  vadd.i32 q1, q6, r0
  vadd.i32 q2, q1, r0
  vadd.i32 q3, q2, r0
  .endif
  ldr r11, [r6, #J_OFFSET]
  .endm

  .macro patch stride then
  vldrw.u32 q4, [r1, q6]
  .if \stride == 1
  vmladav.s8 r0, q4, q0
  vmladav.s8 r2, q4, q2
  add r1, #128
  vmladav.s8 r4, q4, q1
  vmladav.s8 r6, q4, q3
  .else
  vldrw.u32 q5, [r1, q1]
  vmladav.s8 r0, q4, q0
  vldrw.u32 q4, [r1, q2]
  vmladav.s8 r2, q5, q0
  vldrw.u32 q5, [r1, q3]
  vmladav.s8 r4, q4, q0
  add.w r1, r1, #512
  vmladav.s8 r6, q5, q0
  .endif
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

  .macro core stride
  enter \stride
1:
  ldr r6, [sp]
  ldrd r1, r3, [r6, #J_STRIP]
  adds r4, r1, #4
  adds r0, r3, #1
  strd r4, r0, [r6, #J_STRIP]
  ldrd r4, r0, [r6, #J_WEIGHTS]
  ldrd r8, r9, [r0], #8
  vldrb.u8 q5, [r6, #J_PATTERN]
  ldr r2, [r6, #J_MASK]
  vmsr p0, r2
  vpst
  vldrbt.u8 q0, [r4, q5]
  ldr r2, [r6, #J_TAPS]
  add r4, r2
  strd r4, r0, [r6, #J_WEIGHTS]
  .if \stride == 1
  movs r0, #0
  vshl.i32 q1, q0, #8
  vmov q2, q0
  vshlc q2, r0, #32
  vshl.i32 q3, q2, #8
  .endif
  asr r10, r8, #8
  add.w r5, r6, #J_BLOCKS
  ldr r12, [r5]
2:
  ldr r0, [r5, #B_MASK]
  vmsr p0, r0
3:
  ldr r0, [r5, #B_WHOLE]
  wls lr, r0, 4f
7:
  patch \stride
  le lr, 7b
4:
  ldr r0, [r5, #B_CUT]
  wls lr, r0, 5f
8:
  patch \stride, t
  le lr, 8b
5:
  ldrd r0, r2, [r5, #B_STEPS]
  add r1, r0
  add r3, r2
  subs.w r12, r12, #1
  bne 3b
  ldr r12, [r5, #B_SIZE]
  adds r5, #B_SIZE
  cmp r12, #0
  bne 2b
  ldr r6, [sp]
  ldr r0, [r6, #J_CHANNELS]
  subs r0, #1
  str r0, [r6, #J_CHANNELS]
  bne.w 1b
  add sp, #8
  vpop {d8-d15}
  pop {r3-r11, pc}
  .endm

function depthwise_conv_2d_s8_mve_3x3_step1
  core 1
done depthwise_conv_2d_s8_mve_3x3_step1

function depthwise_conv_2d_s8_mve_3x3_step2
  core 2
done depthwise_conv_2d_s8_mve_3x3_step2
