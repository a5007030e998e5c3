// SPDX-License-Identifier: Apache-2.0
// See pl_dense_dsp.h. For GNU as and clang alike.
  .syntax unified
  .thumb

// The members of pl_dense_dsp_job, which pl_dense_dsp_four keeps on the stack.
#define OUTPUT 0
#define ZERO 16
#define NEGATIVE 20
#define INPUT 24
#define FILTER_END 28
#define QUADS 32
#define INPUT_END 36  // not a member
#define JOB_BYTES 40

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

// ---- widening: odd = bytes 1 and 3 less 127, even = 256 times bytes 0 and 2, less odd --------------------------------

.macro WIDENING odd, even
  movw \odd, #0xff81
  movt \odd, #0xff81
  mov \even, #0xff00ff00
.endm

.macro WIDEN inputs, odd, minus127, high_bytes
  sxtab16 \odd, \minus127, \inputs, ror #8
  and \inputs, \high_bytes, \inputs, lsl #8
  ssub16 \inputs, \inputs, \odd
.endm

FUNCTION pl_dense_dsp_widen_slot
  push {r4, r5}
  WIDENING r5, r12
1:
  ldr r3, [r1], #4
  WIDEN r3, r4, r5, r12
  str r4, [r0], #16
  str r3, [r0], #16
  subs r2, r2, #1
  bne 1b
  pop {r4, r5}
  bx lr
END pl_dense_dsp_widen_slot

FUNCTION pl_dense_dsp_widen_row
  push {r4, r5}
  WIDENING r5, r12
1:
  ldr r3, [r1], #4
  WIDEN r3, r4, r5, r12
  strd r4, r3, [r0], #8
  subs r2, r2, #1
  bne 1b
  pop {r4, r5}
  bx lr
END pl_dense_dsp_widen_row

FUNCTION pl_dense_dsp_widen_four
  push {r2, r4-r11, lr}
  WIDENING r12, lr
1:
  add r11, r1, r3
  ldr r9, [r1, r3]
  ldr r10, [r1, r3, lsl #1]
  ldr r11, [r11, r3, lsl #1]
  ldr r8, [r1], #4
  WIDEN r8, r4, r12, lr
  WIDEN r9, r5, r12, lr
  WIDEN r10, r6, r12, lr
  WIDEN r11, r7, r12, lr
  stmia r0!, {r4-r11}
  subs r2, r2, #1
  bne 1b
  ldrd r4, r5, [sp, #40]  // pixels, gap
  ldr r2, [sp]
  add r0, r0, r5
  subs r4, r4, #1
  str r4, [sp, #40]
  bne 1b
  pop {r2, r4-r11, pc}
END pl_dense_dsp_widen_four

// ---- requantisation --------------------------------------------------------------------------------------------------

// The shift (by one less than the whole one) out of an accumulator's low byte, and the addend of the product.
.macro SHIFT accumulator, shift, zero, addend
  uxtb \shift, \accumulator
  bic \accumulator, \accumulator, #255
  lsl \addend, \zero, \shift
  add \addend, \addend, #64
.endm

// Halves round up: right where a result below the zero point is clamped to it.
.macro REQUANTIZE accumulator, multiplier, addend, shift
  smmla \accumulator, \accumulator, \multiplier, \addend
  asr \accumulator, \accumulator, \shift
  ssat \accumulator, #8, \accumulator, asr #1
.endm

// Halves round away from zero: of negative results, one is taken off the product before the second rounding.
.macro REQUANTIZE_NEGATIVE accumulator, multiplier, addend, shift, free
  asr \free, \accumulator, #31
  add \free, \addend, \free, lsl #7
  REQUANTIZE \accumulator, \multiplier, \free, \shift
.endm

// ---- four pixels -----------------------------------------------------------------------------------------------------
// r0-r3: sums of the first channel, r4-r7: of the second; r8-r11: weights and inputs; r12: filter, lr: input.

.macro QUAD
  ldrd r8, r9, [r12], #8
  ldrd r10, r11, [lr], #8
  smlad r0, r8, r10, r0
  smlad r4, r9, r10, r4
  smlad r1, r8, r11, r1
  smlad r5, r9, r11, r5
  ldrd r10, r11, [lr], #8
  smlad r2, r8, r10, r2
  smlad r6, r9, r10, r6
  smlad r3, r8, r11, r3
  smlad r7, r9, r11, r7
  sxtb16 r8, r8
  sxtb16 r9, r9
  ldrd r10, r11, [lr], #8
  smlad r0, r8, r10, r0
  smlad r4, r9, r10, r4
  smlad r1, r8, r11, r1
  smlad r5, r9, r11, r5
  ldrd r10, r11, [lr], #8
  smlad r2, r8, r10, r2
  smlad r6, r9, r10, r6
  smlad r3, r8, r11, r3
  smlad r7, r9, r11, r7
.endm
#define QUAD_BYTES 92

FUNCTION pl_dense_dsp_four
  push {r4-r11, lr}
  ldm r0, {r2-r10}
  add r11, r8, r10, lsl #5
  rsb r10, r10, #0  // QUADS: where to enter the unrolled loop
  and r10, r10, #3
  mov r0, #QUAD_BYTES
  mul r10, r10, r0
  adr r0, .Lfour_quads
  add r10, r10, r0
  orr r10, r10, #1
  cmp r7, #0  // NEGATIVE: which requantisation
  adr.w r7, .Lfour_requantize
  it ne
  addne r7, r7, #(.Lfour_negative - .Lfour_requantize)
  orr r7, r7, #1
  push {r2-r11}
  mov r12, r1
.Lfour_pair:
  ldrd r0, r4, [r12], #8
  ldr lr, [sp, #INPUT]
  bic r1, r0, #255
  mov r2, r1
  mov r3, r1
  bic r5, r4, #255
  mov r6, r5
  mov r7, r5
  ldr pc, [sp, #QUADS]
  .balign 4
.Lfour_quads:
  QUAD
  QUAD
  QUAD
  QUAD
  ldr r8, [sp, #INPUT_END]
  cmp lr, r8
  bne .Lfour_quads
  ldrd r10, r11, [r12], #8
  ldr r9, [sp, #ZERO]
  ldr pc, [sp, #NEGATIVE]
  .balign 4
.Lfour_requantize:
  SHIFT r0, r8, r9, lr
  REQUANTIZE r0, r10, lr, r8
  REQUANTIZE r1, r10, lr, r8
  REQUANTIZE r2, r10, lr, r8
  REQUANTIZE r3, r10, lr, r8
  SHIFT r4, r8, r9, lr
  REQUANTIZE r4, r11, lr, r8
  REQUANTIZE r5, r11, lr, r8
  REQUANTIZE r6, r11, lr, r8
  REQUANTIZE r7, r11, lr, r8
.Lfour_store:
  ldr r8, [sp, #FILTER_END]
  cmp r12, r8
  ldm sp, {r8-r11}
  bhi .Lfour_odd
  bfi r0, r4, #8, #24
  bfi r1, r5, #8, #24
  bfi r2, r6, #8, #24
  bfi r3, r7, #8, #24
  strh r3, [r8, r11]
  strh r2, [r8, r10]
  strh r1, [r8, r9]
  strh r0, [r8], #2
  str r8, [sp, #OUTPUT]
  blo .Lfour_pair
  add sp, sp, #JOB_BYTES
  pop {r4-r11, pc}
.Lfour_odd:
  strb r3, [r8, r11]
  strb r2, [r8, r10]
  strb r1, [r8, r9]
  strb r0, [r8]
  add sp, sp, #JOB_BYTES
  pop {r4-r11, pc}
  .balign 4
.Lfour_negative:
  SHIFT r0, r8, r9, lr
  REQUANTIZE_NEGATIVE r0, r10, lr, r8, r9
  REQUANTIZE_NEGATIVE r1, r10, lr, r8, r9
  REQUANTIZE_NEGATIVE r2, r10, lr, r8, r9
  REQUANTIZE_NEGATIVE r3, r10, lr, r8, r9
  ldr r9, [sp, #ZERO]
  SHIFT r4, r8, r9, lr
  REQUANTIZE_NEGATIVE r4, r11, lr, r8, r9
  REQUANTIZE_NEGATIVE r5, r11, lr, r8, r9
  REQUANTIZE_NEGATIVE r6, r11, lr, r8, r9
  REQUANTIZE_NEGATIVE r7, r11, lr, r8, r9
  b .Lfour_store
END pl_dense_dsp_four

// ---- one pixel -------------------------------------------------------------------------------------------------------
// r0, r1: sums; r2: input, r3: filter, r4-r7: weights, r8-r11: inputs, r12: quads, lr: multipliers that all share.
// On the stack: input, filter's end, quads, zero, output.

.macro ONE_QUAD first, second, odd, even
  smlad r0, \first, \odd, r0
  smlad r1, \second, \odd, r1
  sxtb16 \first, \first
  sxtb16 \second, \second
  smlad r0, \first, \even, r0
  smlad r1, \second, \even, r1
.endm

.macro ONE_TWO_QUADS
  ldmia r3!, {r4-r7}
  ldmia r2!, {r8-r11}
  ONE_QUAD r4, r5, r8, r9
  ONE_QUAD r6, r7, r10, r11
.endm

FUNCTION pl_dense_dsp_one
  push {r4-r11, lr}
  ldm r0, {r4-r6}
  ldr r7, [sp, #36]
  add r4, r4, r1
  mov lr, r2
  push {r3-r7}
  mov r3, r1
.Lone_pair:
  ldrd r0, r1, [r3], #8
  ldr r2, [sp]
  ldr r12, [sp, #8]
  lsrs r12, r12, #1
  bcc 1f
  ldrd r4, r5, [r3], #8
  ldrd r8, r9, [r2], #8
  ONE_QUAD r4, r5, r8, r9
1:
  lsrs r12, r12, #1
  bcc 2f
  ONE_TWO_QUADS
2:
  beq 4f
3:
  ONE_TWO_QUADS
  ONE_TWO_QUADS
  subs r12, r12, #1
  bne 3b
4:
  cmp lr, #0
  ite ne
  ldrdne r4, r5, [lr]
  ldrdeq r4, r5, [r3], #8
  ldrd r7, r2, [sp, #12]
  SHIFT r0, r6, r7, r8
  REQUANTIZE_NEGATIVE r0, r4, r8, r6, r9
  SHIFT r1, r6, r7, r8
  REQUANTIZE_NEGATIVE r1, r5, r8, r6, r9
  ldr r12, [sp, #4]
  cmp r3, r12
  strb r0, [r2], #1
  bhi 5f
  strb r1, [r2], #1
  str r2, [sp, #16]
  blo .Lone_pair
5:
  add sp, sp, #20
  pop {r4-r11, pc}
END pl_dense_dsp_one
