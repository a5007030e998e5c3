// SPDX-License-Identifier: Apache-2.0
// See s8_dsp_winograd_block.h. For GNU as and clang alike.
  .syntax unified
  .thumb

.macro FUNCTION name
  .section .text.\name, "ax", %progbits
  .balign 4
  .global \name
  .thumb_func
  .type \name, %function
\name:
.endm

.macro END name
  .size \name, . - \name
.endm

// ---- transforms -----------------------------------------------------------------------------------------------------
// First each column of pixels or weights, the last x first: its y = 0, 2, 3, 1 of channels 1 and 3 are pushed, then
// those of channels 0 and 2. So on the stack lie columns of 32 bytes: channels 0 and 2, then 1 and 3.

// r5-r8: y = 0 to 3.
.macro INPUT_COLUMN rotation:vararg
  sxtb16 r9, r5\rotation
  sxtb16 r10, r6\rotation
  sxtb16 r11, r7\rotation
  sxtb16 r12, r8\rotation
  ssub16 r9, r9, r11
  ssub16 r12, r10, r12
  sadd16 lr, r10, r11
  ssub16 r11, r11, r10
  push {r9, r11, r12, lr}
.endm

// One y: from r12, to `to` and three places behind, r3 and r11 = 3 * r3 bytes apart.
.macro INPUT_ROW to, offset
  ldr r6, [r12, #\offset]
  ldr r7, [r12, #32 + \offset]
  ldr r8, [r12, #64 + \offset]
  ldr r9, [r12, #96 + \offset]
  ssub16 r6, r6, r8
  ssub16 r9, r7, r9
  sadd16 r10, r7, r8
  ssub16 r8, r8, r7
  str r6, [\to]
  str r10, [\to, r3]
  str r8, [\to, r3, lsl #1]
  str r9, [\to, r11]
.endm

FUNCTION conv_2d_s8_dsp_winograd_input
  push {r3-r11, lr}
  movs r4, #0  // the channel
1:
  movs r3, #4
2:
  ldm r1!, {r5-r8}
  ldr r5, [r5, r4]
  ldr r6, [r6, r4]
  ldr r7, [r7, r4]
  ldr r8, [r8, r4]
  INPUT_COLUMN , ror #8
  INPUT_COLUMN
  subs r3, r3, #1
  bne 2b
  sub r1, r1, #64
  ldr r3, [sp, #128]
  add r11, r3, r3, lsl #1
  mov r12, sp
  mov r5, r0
  add lr, r0, #16
3:
  INPUT_ROW r5, 0
  INPUT_ROW lr, 16
  add r5, r5, r3, lsl #2
  add lr, lr, r3, lsl #2
  add r12, r12, #4
  add r10, sp, #16
  cmp r12, r10
  bne 3b
  add sp, sp, #128
  add r0, r0, #32
  add r4, r4, #4
  subs r2, r2, #1
  bne 1b
  pop {r3-r11, pc}
END conv_2d_s8_dsp_winograd_input

// r5-r7: y = 0 to 2.
.macro WEIGHT_COLUMN rotation:vararg
  sxtb16 r8, r5\rotation
  sxtb16 r9, r6\rotation
  sxtb16 r10, r7\rotation
  sadd16 r11, r8, r10
  sadd16 r12, r11, r9
  ssub16 r9, r11, r9
  push {r8, r9, r10, r12}
.endm

.macro WEIGHT_ROW to, offset
  ldr r6, [r12, #\offset]
  ldr r7, [r12, #32 + \offset]
  ldr r8, [r12, #64 + \offset]
  sadd16 r9, r6, r8
  sadd16 r10, r9, r7
  ssub16 r9, r9, r7
  str r6, [\to]
  str r10, [\to, r3]
  str r9, [\to, r3, lsl #1]
  str r8, [\to, r11]
.endm

FUNCTION conv_2d_s8_dsp_winograd_weights
  push {r4-r11, lr}
1:
  movs r4, #3
2:
  ldm r1!, {r5-r7}
  WEIGHT_COLUMN , ror #8
  WEIGHT_COLUMN
  subs r4, r4, #1
  bne 2b
  add r11, r3, r3, lsl #1
  mov r12, sp
  mov r4, r0
  add r5, r0, #8
3:
  WEIGHT_ROW r4, 0
  WEIGHT_ROW r5, 16
  add r4, r4, r3, lsl #2
  add r5, r5, r3, lsl #2
  add r12, r12, #4
  add r10, sp, #16
  cmp r12, r10
  bne 3b
  add sp, sp, #96
  add r0, r0, #16
  subs r2, r2, #1
  bne 1b
  pop {r4-r11, pc}
END conv_2d_s8_dsp_winograd_weights

// ---- products -------------------------------------------------------------------------------------------------------

// The members of the job as they lie on the stack, and what is kept behind them.
#define PLACE_BYTES 8
#define LOOP 12
#define CONSTANTS 16
#define ZERO 20
#define PIXELS 24
#define CHANNEL 28
#define CHANNELS 32
#define PRODUCTS 36
#define PRODUCTS_END 40
#define PLACE_END 44
#define ADDEND 44
#define JOB_BYTES 48

// Two channels of the input. r0-r3: sums of the first output channel, r4-r7: of the second; r12: weights, lr: input.
.macro STEP
  ldrd r8, r9, [r12], #8
  ldrd r10, r11, [lr], #8
  smlad r0, r8, r10, r0
  smlad r1, r8, r11, r1
  smlad r4, r9, r10, r4
  smlad r5, r9, r11, r5
  ldrd r10, r11, [lr], #8
  smlad r2, r8, r10, r2
  smlad r3, r8, r11, r3
  smlad r6, r9, r10, r6
  smlad r7, r9, r11, r7
.endm

// Of the products of one x, the sums for the upper and the lower output.
.macro SUM x, upper, lower, free0, free1
  ldr \upper, [r0, #32 * \x]
  ldr \free0, [r0, #32 * \x + 384]
  ldr \free1, [r0, #32 * \x + 128]
  ldr \lower, [r0, #32 * \x + 256]
  add \upper, \free0, \upper, lsl #1
  add \upper, \upper, \free1
  sub \free0, \free0, \free1
  sub \lower, \free0, \lower, lsl #1
.endm

// Of the sums of each x, those for the left and the right output, instead of the first two.
.macro ADD_UP x0, x1, x2, x3
  add \x0, \x1, \x0, lsl #1
  add \x0, \x0, \x2
  sub \x1, \x1, \x2
  sub \x1, \x1, \x3, lsl #1
.endm

// As in pl_dense_dsp.S, from 4 times the sum without bias. r10: addend.
.macro REQUANTIZE sum, free
  add \sum, r11, \sum, lsl #6
  asr \free, \sum, #31
  add \free, r10, \free, lsl #7
  smmla \sum, \sum, lr, \free
  asr \sum, \sum, r12
  ssat \sum, #8, \sum, asr #1
.endm

FUNCTION conv_2d_s8_dsp_winograd_block
  push {r4-r11, lr}
  mov r12, r0
  ldm r12!, {r1-r11}
  sub sp, sp, #JOB_BYTES
  stm sp, {r1-r11}
  mov lr, r1
  mov r12, r2
  adr.w r5, .Lsteps
  add r4, r4, r5
  orr r4, r4, #1
  str r4, [sp, #LOOP]
.Lplace:
  ldr r8, [sp, #PLACE_BYTES]
  add r8, r8, lr
  str r8, [sp, #PLACE_END]
  ldrd r8, r9, [r12], #8
  ldrd r10, r11, [lr], #8
  smuad r0, r8, r10
  smuad r1, r8, r11
  smuad r4, r9, r10
  smuad r5, r9, r11
  ldrd r10, r11, [lr], #8
  smuad r2, r8, r10
  smuad r3, r8, r11
  smuad r6, r9, r10
  smuad r7, r9, r11
  STEP
  ldr pc, [sp, #LOOP]
  .balign 4
.Lsteps:
  .rept 6
  STEP
  .endr
  ldr r8, [sp, #PLACE_END]
  cmp lr, r8
  bne .Lsteps
  ldrd r8, r9, [sp, #PRODUCTS]
  stm r8!, {r0-r7}
  str r8, [sp, #PRODUCTS]
  cmp r8, r9
  bne .Lplace

// ---- outputs --------------------------------------------------------------------------------------------------------
// r0: a tile's product of place 0; r11: bias, r12: shift, lr: multiplier.

  sub r0, r8, #512
.Lchannel:
  ldr r1, [sp, #CONSTANTS]
  ldrd r11, lr, [r1], #8
  str r1, [sp, #CONSTANTS]
  uxtb r12, r11
  bic r11, r11, #255
  ldr r1, [sp, #ZERO]
  lsl r1, r1, r12
  add r1, r1, #64
  str r1, [sp, #ADDEND]
.Ltile:
  SUM 0, r1, r2, r3, r4
  SUM 1, r3, r4, r5, r6
  SUM 2, r5, r6, r7, r8
  SUM 3, r7, r8, r9, r10
  ADD_UP r1, r3, r5, r7
  ADD_UP r2, r4, r6, r8
  ldr r10, [sp, #ADDEND]
  ldr r9, [sp, #PIXELS]
  REQUANTIZE r1, r5
  REQUANTIZE r3, r5
  REQUANTIZE r2, r5
  REQUANTIZE r4, r5
  ldm r9!, {r5-r8}
  ldr r10, [sp, #CHANNEL]
  strb r1, [r5, r10]
  strb r3, [r6, r10]
  strb r2, [r7, r10]
  strb r4, [r8, r10]
  str r9, [sp, #PIXELS]
  add r0, r0, #4
  ldr r8, [sp, #PRODUCTS_END]
  sub r8, r8, r0
  tst r8, #12  // all four tiles: the products are of 16 bytes from their end on
  bne .Ltile
  sub r9, r9, #64
  add r10, r10, #1
  strd r9, r10, [sp, #PIXELS]
  ldr r8, [sp, #CHANNELS]
  subs r8, r8, #1
  str r8, [sp, #CHANNELS]
  bne .Lchannel
  add sp, sp, #JOB_BYTES
  pop {r4-r11, pc}
END conv_2d_s8_dsp_winograd_block
