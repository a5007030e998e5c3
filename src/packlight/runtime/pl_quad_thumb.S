// SPDX-License-Identifier: Apache-2.0 Thumb-1, but for MLA where there is one. Sums live in r8-r11, which ADD reaches;
// see pl_quad_thumb.h for the arithmetic.
  .syntax unified
  .thumb

// The frame: pl_quad_thumb_block, for windows the rest of pl_quad_thumb_plane, then what only the core knows.
  .set X, 0
  .set WEIGHTS, 4
  .set SCALE, 8
  .set END, 12
  .set ONE, 16
  .set ZERO, 20
  .set OUT, 24
  .set START, 48
  .set FIRST, 52
  .set SKIP, 56
  .set PARTS, 60
  .set LENGTH, 64
  .set FINISH, 68
  .set AT_STEP, 72
  .set AT_ROW, 76
  .set X_STEP, 80
  .set X_JUMP, 84
  .set ROW_SKIP, 88
  .set ROW_TAPS, 92
  .set ENTRY, 96
  .set LAST, 100
  .set LOOP, 104
  .set AT, 108
  .set SUMS, 112
  .set FRAME, 140  // with nine registers a multiple of 8, to which C wants the stack aligned
  .set STEPS, 12
  .set ROW_STEPS, 16
  .set STEP_BYTES, 20

  .macro function name
  .section .text.\name,"ax",%progbits
  .global \name
  .type \name, %function
  .thumb_func
  .p2align 2
\name:
  .endm

  .macro enter words  // r0: the block; at most 24 words
  push {r4-r7, lr}
  mov r4, r8
  mov r5, r9
  mov r6, r10
  mov r7, r11
  push {r4-r7}
  sub sp, #FRAME
  mov r1, sp
  .rept \words / 6
  ldmia r0!, {r2-r7}
  stmia r1!, {r2-r7}
  .endr
  movs r0, #0
  str r0, [sp, #AT]
  .endm

  .macro leave name
  add sp, #FRAME
  pop {r4-r7}
  mov r8, r4
  mov r9, r5
  mov r10, r6
  mov r11, r7
  pop {r4-r7, pc}
  .size \name, . - \name
  .endm

// The address of the unrolled loop at \loop goes to LOOP, that of its part without the first SKIP steps to ENTRY.
  .macro entry loop
  ldr r1, [sp, #SKIP]
  movs r2, #STEP_BYTES
  muls r1, r2
  adr r2, \loop
  adds r2, #1
  str r2, [sp, #LOOP]
  adds r2, r2, r1
  str r2, [sp, #ENTRY]
  .endm

// One weight in r2 times the quad at r1.
  .macro multiply
  ldmia r1!, {r4-r7}
  muls r4, r2
  muls r5, r2
  muls r6, r2
  muls r7, r2
  .endm

// One weight in r2 times the quad at r1, added. Both forms have 18 bytes; where there is MLA, it saves four
// instructions.
#if __ARM_ARCH >= 7 && !defined(__ARM_ARCH_8M_BASE__)
  .macro accumulate
  ldmia r1!, {r4-r7}
  mla r8, r4, r2, r8
  mla r9, r5, r2, r9
  mla r10, r6, r2, r10
  mla r11, r7, r2, r11
  .endm
#else
  .macro accumulate
  multiply
  add r8, r4
  add r9, r5
  add r10, r6
  add r11, r7
  .endm
#endif

// Three sums of the words r0, r1: r2, r1, r3.
  .macro unpack
  lsls r2, r0, #11
  asrs r2, r2, #11
  subs r0, r0, r2
  lsrs r0, r0, #11
  subs r3, r1, r0
  lsls r3, r3, #11
  asrs r3, r3, #11
  subs r1, r1, r3
  asrs r1, r1, #10
  .endm

// All six sums, to SUMS.
  .macro unpack_all
  mov r0, r8
  mov r1, r9
  unpack
  add r7, sp, #SUMS
  str r2, [r7, #0]
  str r1, [r7, #4]
  str r3, [r7, #8]
  mov r0, r10
  mov r1, r11
  unpack
  str r2, [r7, #12]
  str r1, [r7, #16]
  str r3, [r7, #20]
  .endm

// r5, r6, r7: low, high, shift; r8 base, r9 most, r12 what `start` lacks to one. Spares r1-r3.
  .macro constants
  ldr r0, [sp, #SCALE]
  ldmia r0!, {r4, r5, r7}
  asrs r0, r4, #5
  mov r8, r0
  lsls r4, r4, #27
  lsrs r4, r4, #27
  lsls r0, r7, #13
  lsrs r0, r0, #21
  lsls r0, r4
  lsrs r0, r0, #1
  mov r9, r0
  movs r6, r5
  lsrs r6, r7
  movs r0, r6
  lsls r0, r7
  subs r5, r5, r0
  lsrs r0, r7, #19
  lsrs r4, r6, #4
  muls r0, r4
  lsrs r0, r0, #9
  mov r12, r0
  .endm

// r12: start; r4: AT.
  .macro start
  mov r0, r12
  ldr r4, [sp, #ONE]
  subs r4, r4, r0
  mov r12, r4
  ldr r4, [sp, #AT]
  .endm

  .macro emit sum, pixel, signed
  add \sum, r8
  cmp \sum, r9
  bls 1f
  cmp \sum, #0
  bgt 2f
  mov \sum, r12
  b 3f
2:
  mov \sum, r9
1:
  movs r0, \sum
  muls r0, r5
  lsrs r0, r7
  muls \sum, r6
  adds \sum, \sum, r0
  add \sum, r12
3:
  .if \signed
  cmp \sum, r10
  bgt 4f
  add \sum, r11
4:
  .endif
  lsrs \sum, \sum, #24
  ldr r0, [sp, #OUT + 4 * \pixel]
  strb \sum, [r0, r4]
  .endm

// The sums of r8-r11 become six outputs. Called with the caller's frame at sp.
function pl_quad_thumb_finish
  mov r0, r8
  mov r1, r9
  unpack
  constants
  start
  emit r2, 0, 0
  emit r1, 1, 0
  emit r3, 2, 0
  mov r0, r10
  mov r1, r11
  unpack
  emit r2, 3, 0
  emit r1, 4, 0
  emit r3, 5, 0
  bx lr
  .size pl_quad_thumb_finish, . - pl_quad_thumb_finish

// The same where outputs lie on both sides of the zero point, below which halves are rounded down.
function pl_quad_thumb_finish_signed
  unpack_all
  .size pl_quad_thumb_finish_signed, . - pl_quad_thumb_finish_signed
  .global pl_quad_thumb_finish_sums
  .type pl_quad_thumb_finish_sums, %function
  .thumb_func
pl_quad_thumb_finish_sums:
  constants
  ldr r4, [sp, #SCALE]
  ldr r4, [r4]
  lsls r4, r4, #27
  lsrs r4, r4, #27
  ldr r0, .Lminus_one
  asrs r0, r4
  mov r11, r0
  ldr r0, [sp, #ZERO]
  mov r10, r0
  start
  add r3, sp, #SUMS
  .irp pixel, 0, 1, 2, 3, 4, 5
  ldmia r3!, {r1}
  emit r1, \pixel, 1
  .endr
  bx lr
  .p2align 2
.Lminus_one:
  .word -1 << 24
  .size pl_quad_thumb_finish_sums, . - pl_quad_thumb_finish_sums

// The same with all the roundings of the portable kernels, in C; for sums of more bits, from SUMS.
function pl_quad_thumb_finish_exact
  unpack_all
  .size pl_quad_thumb_finish_exact, . - pl_quad_thumb_finish_exact
  .global pl_quad_thumb_finish_exact_sums
  .type pl_quad_thumb_finish_exact_sums, %function
  .thumb_func
pl_quad_thumb_finish_exact_sums:
  mov r0, sp
  push {r4, lr}
  bl pl_quad_thumb_round
  pop {r4}
  pop {r0}
  ldr r4, [sp, #AT]
  bx r0
  .size pl_quad_thumb_finish_exact_sums, . - pl_quad_thumb_finish_exact_sums

function pl_quad_thumb_dense
  enter 18
  entry .Ldense_loop
.Ldense_channel:
  ldr r0, [sp, #WEIGHTS]
  ldr r3, [sp, #FIRST]
  adds r3, r3, r0
  ldr r1, [sp, #SKIP]
  subs r0, r0, r1
  ldr r1, [sp, #X]
  ldr r2, [sp, #ENTRY]
  ldr r4, [sp, #START]
  ldmia r4, {r4-r7}
  mov r8, r4
  mov r9, r5
  mov r10, r6
  mov r11, r7
  bx r2
  .p2align 2
.Ldense_loop:
  .set k, 0
  .rept STEPS
  ldrb r2, [r0, #k]
  accumulate
  .set k, k + 1
  .endr
  adds r0, #STEPS
  cmp r0, r3
  bne .Ldense_loop
  str r0, [sp, #WEIGHTS]
  ldr r0, [sp, #FINISH]
  blx r0
  ldr r0, [sp, #SCALE]
  adds r0, #12
  str r0, [sp, #SCALE]
  adds r4, #1
  str r4, [sp, #AT]
  ldr r0, [sp, #END]
  cmp r4, r0
  beq .Ldense_end
  b .Ldense_channel
.Ldense_end:
  leave pl_quad_thumb_dense

function pl_quad_thumb_dense_long
  enter 18
  entry .Llong_loop
.Llong_channel:
  movs r4, #0
  movs r5, #0
  movs r6, #0
  add r7, sp, #SUMS
  stmia r7!, {r4-r6}
  stmia r7!, {r4-r6}
  ldr r4, [sp, #PARTS]
  str r4, [sp, #LAST]
  ldr r0, [sp, #WEIGHTS]
  ldr r3, [sp, #FIRST]
  adds r3, r3, r0
  ldr r1, [sp, #SKIP]
  subs r0, r0, r1
  ldr r1, [sp, #X]
  ldr r2, [sp, #ENTRY]
  ldr r4, [sp, #START]
.Llong_part:
  mov lr, r4
  ldmia r4, {r4-r7}
  mov r8, r4
  mov r9, r5
  mov r10, r6
  mov r11, r7
  bx r2
  .p2align 2
.Llong_loop:
  .set k, 0
  .rept STEPS
  ldrb r2, [r0, #k]
  accumulate
  .set k, k + 1
  .endr
  adds r0, #STEPS
  cmp r0, r3
  bne .Llong_loop
  str r0, [sp, #WEIGHTS]
  mov r6, r1
  mov r0, r8
  mov r1, r9
  unpack
  .irp part, 0, 12
  .if \part
  mov r0, r10
  mov r1, r11
  unpack
  .endif
  add r7, sp, #SUMS + \part
  ldmia r7!, {r0, r4, r5}
  subs r7, #12
  adds r0, r0, r2
  adds r4, r4, r1
  adds r5, r5, r3
  stmia r7!, {r0, r4, r5}
  .endr
  ldr r4, [sp, #LAST]
  subs r4, #1
  beq .Llong_finish
  str r4, [sp, #LAST]
  ldr r0, [sp, #WEIGHTS]
  ldr r3, [sp, #LENGTH]
  adds r3, r3, r0
  mov r1, r6
  mov r4, lr
  adds r4, #16
  ldr r2, [sp, #LOOP]
  b .Llong_part
.Llong_finish:
  ldr r0, [sp, #FINISH]
  blx r0
  ldr r0, [sp, #SCALE]
  adds r0, #12
  str r0, [sp, #SCALE]
  adds r4, #1
  str r4, [sp, #AT]
  ldr r0, [sp, #END]
  cmp r4, r0
  beq .Llong_end
  ldr r0, =.Llong_channel + 1
  bx r0
.Llong_end:
  leave pl_quad_thumb_dense_long
  .p2align 2
  .ltorg

// From position to position; \next is the core's first instruction. r4: AT.
  .macro next_position next
  ldr r1, [sp, #X]
  ldr r2, [sp, #X_STEP]
  adds r1, r1, r2
  ldr r2, [sp, #AT_STEP]
  adds r4, r4, r2
  ldr r2, [sp, #LAST]
  cmp r4, r2
  beq 3f
4:
  str r1, [sp, #X]
  str r4, [sp, #AT]
  b \next
3:
  ldr r3, [sp, #END]
  cmp r4, r3
  beq 5f
  ldr r3, [sp, #X_JUMP]
  adds r1, r1, r3
  ldr r3, [sp, #AT_ROW]
  adds r2, r2, r3
  str r2, [sp, #LAST]
  ldr r3, [sp, #LENGTH]
  subs r4, r2, r3
  b 4b
5:
  .endm

  .macro first_row
  ldr r2, [sp, #LENGTH]
  str r2, [sp, #LAST]
  .endm

function pl_quad_thumb_window_3x3
  enter 24
  first_row
  ldr r1, [sp, #X]
.Lnine_position:
  ldr r0, [sp, #WEIGHTS]
  ldr r3, [sp, #ROW_SKIP]
  ldr r2, [r0, #0]
  multiply
  mov r8, r4
  mov r9, r5
  mov r10, r6
  mov r11, r7
  .irp k, 1, 2, 3, 4, 5, 6, 7, 8
  .if \k == 3 || \k == 6
  adds r1, r1, r3
  .endif
  ldr r2, [r0, #4 * \k]
  accumulate
  .endr
  ldr r0, [sp, #FINISH]
  blx r0
  next_position .Lnine_position
  leave pl_quad_thumb_window_3x3

// lr: where the rows' taps begin behind the last; r3: bytes of a row's taps.
function pl_quad_thumb_window
  enter 24
  ldr r0, [sp, #SKIP]
  lsls r1, r0, #2
  ldr r2, [sp, #WEIGHTS]
  subs r2, r2, r1
  str r2, [sp, #WEIGHTS]
  ldr r1, [sp, #FIRST]
  lsls r1, r1, #2
  adds r2, r2, r1
  str r2, [sp, #FIRST]
  movs r1, #STEP_BYTES
  muls r0, r1
  adr r1, .Lwindow_taps
  adds r0, r0, r1
  adds r0, #1
  str r0, [sp, #ENTRY]
  first_row
  ldr r1, [sp, #X]
.Lwindow_position:
  movs r4, #0
  mov r8, r4
  mov r9, r4
  mov r10, r4
  mov r11, r4
  ldr r0, [sp, #FIRST]
  mov lr, r0
  ldr r0, [sp, #ROW_SKIP]
  mov r12, r0
  ldr r0, [sp, #WEIGHTS]
  ldr r3, [sp, #ROW_TAPS]
.Lwindow_row:
  ldr r2, [sp, #ENTRY]
  bx r2
  .p2align 2
.Lwindow_taps:
  .set k, 0
  .rept ROW_STEPS
  ldr r2, [r0, #k]
  accumulate
  .set k, k + 4
  .endr
  add r1, r12
  adds r0, r0, r3
  cmp r0, lr
  beq 6f
  b .Lwindow_row
6:
  ldr r0, [sp, #FINISH]
  blx r0
  next_position .Lwindow_position
  leave pl_quad_thumb_window

function pl_quad_thumb_pack
  push {r4-r7, lr}
  ldmia r1!, {r5-r7}
  adds r5, r5, r2
  adds r6, r6, r2
  adds r7, r7, r2
  rsbs r3, r2, #0
.Lpack_loop:
  ldrsb r1, [r5, r3]
  ldrsb r2, [r6, r3]
  ldrsb r4, [r7, r3]
  lsls r2, r2, #10
  adds r4, r4, r2
  lsls r2, r2, #11
  adds r1, r1, r2
  stmia r0!, {r1, r4}
  adds r0, #8
  adds r3, #1
  bne .Lpack_loop
  pop {r4-r7, pc}
  .size pl_quad_thumb_pack, . - pl_quad_thumb_pack

// r1 to, r2 from, r3 step, r4 columns and those skipped, r5 entry, r6 to_skip, r7 a byte, r8 from_skip, r9 rows.
function pl_quad_thumb_copy
  push {r4-r7, lr}
  mov r4, r8
  mov r5, r9
  push {r4, r5}
  ldmia r0!, {r1-r7}
  mov r9, r5
  rsbs r0, r4, #0
  lsls r0, r0, #30
  lsrs r0, r0, #30
  adds r4, r4, r0
  subs r1, r1, r0
  subs r6, r6, r0
  mov r8, r7
  movs r5, #6
  muls r0, r5
  adr r5, .Lcopy_loop
  adds r5, r5, r0
  adds r5, #1
.Lcopy_row:
  adds r0, r1, r4
  bx r5
  .p2align 2
.Lcopy_loop:
  .irp k, 0, 1, 2, 3
  ldrb r7, [r2]
  strb r7, [r1, #\k]
  adds r2, r2, r3
  .endr
  adds r1, #4
  cmp r1, r0
  bne .Lcopy_loop
  adds r1, r1, r6
  add r2, r8
  mov r0, r9
  subs r0, #1
  mov r9, r0
  bne .Lcopy_row
  pop {r4, r5}
  mov r8, r4
  mov r9, r5
  pop {r4-r7, pc}
  .size pl_quad_thumb_copy, . - pl_quad_thumb_copy

function pl_quad_thumb_sum
  push {r4-r7, lr}
  push {r2}
  movs r4, #0
  movs r5, #0
  movs r6, #0
  movs r7, #0
.Lsum_loop:
  ldmia r0!, {r2, r3}
  adds r4, r4, r2
  adds r5, r5, r3
  ldmia r0!, {r2, r3}
  adds r6, r6, r2
  adds r7, r7, r3
  subs r1, #1
  bne .Lsum_loop
  pop {r0}
  .irp word, r4, r5, r6, r7
  lsls \word, \word, #7
  rsbs \word, \word, #0
  .endr
  stmia r0!, {r4-r7}
  pop {r4-r7, pc}
  .size pl_quad_thumb_sum, . - pl_quad_thumb_sum
