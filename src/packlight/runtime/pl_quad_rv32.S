// SPDX-License-Identifier: Apache-2.0
// RV32IM; see pl_quad_rv32.h for the arithmetic. Frames begin with the caller's struct.
  .option norelax

  .set FINISH, 0
  .set SCALE, 4
  .set OUT, 8
  .set STEP, 12
  .set LEAST, 16
  .set MOST, 20
  .set ZERO, 24
  .set X, 28
// pl_quad_rv32_block
  .set COUNT, 32
  .set WEIGHTS, 36
  .set PITCH, 40
  .set OUT_STEP, 44
  .set END, 48
  .set ENTRY, 52
// pl_quad_rv32_plane
  .set WEIGHTS_OF_PLANE, 32
  .set ROW, 36
  .set AT_STEP, 40
  .set AT_JUMP, 44
  .set X_STEP, 48
  .set X_JUMP, 52
  .set X_ROW, 56
  .set ROWS, 60
  .set ALL_TAPS, 64
  .set ROW_TAPS, 68
  .set SCALE_STEP, 72
  .set SAVED, 80
  .set FRAME, 144
  .set STEPS, 8
  .set ROW_STEPS, 16
  .set FOUR_STEPS, 8

  .macro function name
  .section .text.\name,"ax",%progbits
  .global \name
  .type \name, %function
  .p2align 2
\name:
  .endm

  .macro leave_frame
  lw ra, SAVED(sp)
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  lw s\n, SAVED + 4 + 4 * \n(sp)
  .endr
  addi sp, sp, FRAME
  ret
  .endm

  .macro enter words  // a0: a struct of so many words
  addi sp, sp, -FRAME
  sw ra, SAVED(sp)
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  sw s\n, SAVED + 4 + 4 * \n(sp)
  .endr
  .set word, 0
  .rept \words
  lw a1, 4 * word(a0)
  sw a1, 4 * word(sp)
  .set word, word + 1
  .endr
  .endm

// What a last step is given: a1 least, a2 most, a3 step, a4 zero; scale in t3, t4, t1; t6 where outputs go.
  .macro outputs_of
  lw a1, LEAST(sp)
  lw a2, MOST(sp)
  lw a3, STEP(sp)
  lw a4, ZERO(sp)
  .endm

// Three sums of two words: \emit is given each << 11.
  .macro three emit, word0, word1, field
  .ifb \field
  lui t5, 1 << 20 >> 12
  add t5, t5, \word0
  .else
  add t5, \word0, \field
  .endif
  srli t5, t5, 21
  slli t5, t5, 11
  sub t5, \word1, t5
  slli t5, t5, 11
  slli \word0, \word0, 11
  \emit \word0
  srai \word0, t5, 11
  sub \word1, \word1, \word0
  \emit \word1
  \emit t5
  .endm

  .macro clamp value
  bge \value, a1, 1f
  mv \value, a1
1:
  bge a2, \value, 2f
  mv \value, a2
2:
  .endm

  .macro emit value
  mulhsu \value, \value, t3
  add \value, \value, t4
  sra \value, \value, t3
  clamp \value
  sb \value, 0(t6)
  add t6, t6, a3
  .endm

  .macro emit_signed value
  mulhsu \value, \value, t3
  add \value, \value, t4
  bgez \value, 3f
  sub \value, \value, t1
3:
  sra \value, \value, t3
  clamp \value
  add \value, \value, a4
  sb \value, 0(t6)
  add t6, t6, a3
  .endm

  .macro emit_sum value
  srai \value, \value, 11
  lw t1, 0(t6)
  add \value, \value, t1
  sw \value, 0(t6)
  add t6, t6, a3
  .endm

// The six sums of a channel in s10, s11, s8, s9. a0: out, and a5: scale, go on to the next channel; t0: the way back.
  .macro six name, emit, words, bytes
function \name
  .if \words > 0
  lw t3, 0(a5)
  lw t4, 4(a5)
  .endif
  .if \words > 2
  lw t1, 8(a5)
  .endif
  addi a5, a5, 4 * \words
  mv t6, a0
  addi a0, a0, \bytes
  three \emit, s10, s11
  three \emit, s8, s9
  jr t0
  .size \name, . - \name
  .endm

  six pl_quad_rv32_six, emit, 2, 1
  six pl_quad_rv32_six_signed, emit_signed, 3, 1
  six pl_quad_rv32_six_sums, emit_sum, 0, 24

// The three sums in s10, s11. t0: the way back.
function pl_quad_rv32_three
  three emit, s10, s11
  jr t0
  .size pl_quad_rv32_three, . - pl_quad_rv32_three

function pl_quad_rv32_three_signed
  three emit_signed, s10, s11
  jr t0
  .size pl_quad_rv32_three_signed, . - pl_quad_rv32_three_signed

// The next of the sums on the stack, << 11, rounded as the portable kernels do.
  .macro emit_exact value
  srai \value, \value, 11
  sw \value, place(sp)
  .set place, place + 4
  .endm

function pl_quad_rv32_three_exact
  addi sp, sp, -16
  sw t0, 12(sp)
  .set place, 0
  three emit_exact, s10, s11
  .irp n, 0, 4, 8
  lw s10, \n(sp)
  add s10, s10, t3
  blez t1, 3f
  sll s10, s10, t1
3:
  mul s11, s10, t4
  mulh s10, s10, t4
  lui t5, 1 << 30 >> 12
  add t5, t5, s11
  sltu s11, t5, s11
  add s10, s10, s11
  slli s10, s10, 1
  srli t5, t5, 31
  or s10, s10, t5
  bgez t1, 4f
  not t5, t1
  li s11, 1
  sll s11, s11, t5
  add s11, s11, s10
  srai s10, s10, 31
  add s10, s10, s11
  neg t5, t1
  sra s10, s10, t5
4:
  clamp s10
  add s10, s10, a4
  sb s10, 0(t6)
  add t6, t6, a3
  .endr
  lw t0, 12(sp)
  addi sp, sp, 16
  jr t0
  .size pl_quad_rv32_three_exact, . - pl_quad_rv32_three_exact

// Weight w of a channel times the two trios in a1-a4, added.
  .macro accumulate pointer, sum0, sum1, sum2, sum3
  lb a5, k(\pointer)
  mul t0, a1, a5
  add \sum0, \sum0, t0
  mul t0, a2, a5
  add \sum1, \sum1, t0
  mul t0, a3, a5
  add \sum2, \sum2, t0
  mul t0, a4, a5
  add \sum3, \sum3, t0
  .endm

// The outputs of a channel; t0: where the last channel's are behind.
  .macro finish_channel sum0, sum1, sum2, sum3
  .ifnc \sum0, s10
  mv s10, \sum0
  mv s11, \sum1
  mv s8, \sum2
  mv s9, \sum3
  .endif
  lw t0, FINISH(sp)
  jalr t0, t0
  lw t0, END(sp)
  .endm

function pl_quad_rv32_dense
  enter 13
  lw a1, COUNT(sp)
  slli a2, a1, 4
  neg a1, a1
  andi a1, a1, STEPS - 1
  lw a0, X(sp)
  add a2, a2, a0
  sw a2, COUNT(sp)
  slli a2, a1, 4
  sub a0, a0, a2
  sw a0, X(sp)
  lw a0, WEIGHTS(sp)
  sub a0, a0, a1
  sw a0, WEIGHTS(sp)
  li a2, .Ldense_second - .Ldense_loop
  mul a1, a1, a2
  lla a2, .Ldense_loop
  add a1, a1, a2
  sw a1, ENTRY(sp)
.Ldense_channels:
  lw t3, WEIGHTS(sp)
  lw a1, PITCH(sp)
  add t4, t3, a1
  add t5, t4, a1
  add t6, t5, a1
  add a1, a1, t6
  sw a1, WEIGHTS(sp)
  lw a1, OUT(sp)
  lw a2, OUT_STEP(sp)
  slli a3, a2, 2
  add a1, a1, a3
  lw a3, END(sp)
  bgt a1, a3, .Ldense_few
.Ldense_begin:
  lw a0, X(sp)
  lw t1, COUNT(sp)
  lw a1, ENTRY(sp)
  .irp sum, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, a6, a7, t2, ra
  li \sum, 0
  .endr
  jr a1
  .p2align 2
.Ldense_loop:
  .set k, 0
  .rept STEPS
  .if k == 1
.Ldense_second:
  .endif
  lw a1, 16 * k(a0)
  lw a2, 16 * k + 4(a0)
  lw a3, 16 * k + 8(a0)
  lw a4, 16 * k + 12(a0)
  accumulate t3, s10, s11, s8, s9
  accumulate t4, s0, s1, s2, s3
  accumulate t5, s4, s5, s6, s7
  accumulate t6, a6, a7, t2, ra
  .set k, k + 1
  .endr
  addi a0, a0, 16 * STEPS
  addi t3, t3, STEPS
  addi t4, t4, STEPS
  addi t5, t5, STEPS
  addi t6, t6, STEPS
  bne a0, t1, .Ldense_loop
  outputs_of
  lw a0, OUT(sp)
  lw a5, SCALE(sp)
  finish_channel s10, s11, s8, s9
  beq a0, t0, .Ldense_end
  finish_channel s0, s1, s2, s3
  beq a0, t0, .Ldense_end
  finish_channel s4, s5, s6, s7
  beq a0, t0, .Ldense_end
  finish_channel a6, a7, t2, ra
  sw a0, OUT(sp)
  sw a5, SCALE(sp)
  bne a0, t0, .Ldense_channels
.Ldense_end:
  leave_frame
.Ldense_few:
  sub a1, a1, a2
  beq a1, a3, .Ldense_three
  sub a1, a1, a2
  mv t5, t4
  beq a1, a3, .Ldense_three
  mv t4, t3
  mv t5, t3
.Ldense_three:
  mv t6, t5
  j .Ldense_begin
  .size pl_quad_rv32_dense, . - pl_quad_rv32_dense


// The scale, as a finish wants it. Spares all but a5.
  .macro scale_of
  lw a5, SCALE(sp)
  lw t3, 0(a5)
  lw t4, 4(a5)
  lw t1, 8(a5)
  .endm

// One weight times a trio.
  .macro multiply_trio weight, at, from
  lw t2, \at(\from)
  mul s10, t2, \weight
  lw t2, \at + 4(\from)
  mul s11, t2, \weight
  .endm

  .macro accumulate_trio weight, at, from
  lw t2, \at(\from)
  mul t5, t2, \weight
  lw t2, \at + 4(\from)
  add s10, s10, t5
  mul t5, t2, \weight
  add s11, s11, t5
  .endm

// s0-s8: weights; a0, a6, a7: the window's rows; t6: out; s9: from behind a trio of outputs to the next position; ra:
// where the row of outputs ends; a5: X_STEP.
  .macro window_3x3 name, emit
function \name
  enter 16
  outputs_of
  scale_of
  lw t2, WEIGHTS_OF_PLANE(sp)
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8
  lb s\n, \n(t2)
  .endr
  slli s9, a3, 1
  add s9, s9, a3
  lw t6, AT_STEP(sp)
  sub s9, t6, s9
  lw t6, OUT(sp)
  lw a0, X(sp)
  lw t2, X_ROW(sp)
  add a6, a0, t2
  add a7, a6, t2
  lw a5, X_STEP(sp)
  lui t0, 1 << 20 >> 12
5:
  lw ra, ROW(sp)
  add ra, ra, t6
6:
  multiply_trio s0, 0, a0
  accumulate_trio s1, 8, a0
  accumulate_trio s2, 16, a0
  accumulate_trio s3, 0, a6
  accumulate_trio s4, 8, a6
  accumulate_trio s5, 16, a6
  accumulate_trio s6, 0, a7
  accumulate_trio s7, 8, a7
  accumulate_trio s8, 16, a7
  three \emit, s10, s11, t0
  add a0, a0, a5
  add a6, a6, a5
  add a7, a7, a5
  add t6, t6, s9
  bne t6, ra, 6b
  lw t2, X_JUMP(sp)
  lw t5, AT_JUMP(sp)
  add a0, a0, t2
  add a6, a6, t2
  add a7, a7, t2
  add t6, t6, t5
  lw t2, ROWS(sp)
  addi t2, t2, -1
  sw t2, ROWS(sp)
  bnez t2, 5b
  leave_frame
  .size \name, . - \name
  .endm

  window_3x3 pl_quad_rv32_window_3x3, emit
  window_3x3 pl_quad_rv32_window_3x3_signed, emit_signed

// s0: weights, s1: the last row's, s2: bytes of a row's; s3: into the loop; s4: x; s5: X_ROW; a5, ra as above.
function pl_quad_rv32_window
  enter 18
  outputs_of
  scale_of
  lw s2, ROW_TAPS(sp)
  li t2, ROW_STEPS
  sub t2, t2, s2
  lw s0, WEIGHTS_OF_PLANE(sp)
  sub s0, s0, t2
  lw s1, ALL_TAPS(sp)
  add s1, s1, s0
  lw s4, X(sp)
  slli t5, t2, 3
  sub s4, s4, t5
  li t5, .Lwindow_second - .Lwindow_taps
  mul t2, t2, t5
  lla s3, .Lwindow_taps
  add s3, s3, t2
  lw s5, X_ROW(sp)
  lw s9, FINISH(sp)
  lw a5, OUT(sp)
.Lwindow_outputs:
  lw ra, ROW(sp)
  add ra, ra, a5
.Lwindow_position:
  mv a0, s4
  mv a6, s0
  li s10, 0
  li s11, 0
.Lwindow_row:
  jr s3
  .p2align 2
.Lwindow_taps:
  .set k, 0
  .rept ROW_STEPS
  .if k == 1
.Lwindow_second:
  .endif
  lb t5, k(a6)
  lw a7, 8 * k(a0)
  lw t2, 8 * k + 4(a0)
  mul a7, a7, t5
  mul t2, t2, t5
  add s10, s10, a7
  add s11, s11, t2
  .set k, k + 1
  .endr
  add a6, a6, s2
  add a0, a0, s5
  bne a6, s1, .Lwindow_row
  mv t6, a5
  jalr t0, s9
  lw t2, X_STEP(sp)
  lw t5, AT_STEP(sp)
  add s4, s4, t2
  add a5, a5, t5
  bne a5, ra, .Lwindow_position
  lw t2, X_JUMP(sp)
  lw t5, AT_JUMP(sp)
  add s4, s4, t2
  add a5, a5, t5
  lw t2, ROWS(sp)
  addi t2, t2, -1
  sw t2, ROWS(sp)
  bnez t2, .Lwindow_outputs
  leave_frame
  .size pl_quad_rv32_window, . - pl_quad_rv32_window

// One channel's weight times the trio in a6, a7.
  .macro accumulate_channel pointer, sum0, sum1
  lb t2, k(\pointer)
  mul t0, a6, t2
  add \sum0, \sum0, t0
  mul t0, a7, t2
  add \sum1, \sum1, t0
  .endm

// t3-t6: weights, t1: where the first channel's end; s0: x; s1: into the loop; s8: bytes of a row's weights; s9: X_ROW;
// a5: out; ra: where the row of outputs ends.
function pl_quad_rv32_window_four
  enter 19
  outputs_of
  lw s8, ROW_TAPS(sp)
  li t2, FOUR_STEPS
  sub t2, t2, s8
  lw t0, WEIGHTS_OF_PLANE(sp)
  sub t0, t0, t2
  sw t0, WEIGHTS_OF_PLANE(sp)
  lw s0, X(sp)
  slli t5, t2, 3
  sub s0, s0, t5
  li t5, .Lfour_second - .Lfour_taps
  mul t2, t2, t5
  lla s1, .Lfour_taps
  add s1, s1, t2
  lw s9, X_ROW(sp)
  lw a5, OUT(sp)
.Lfour_outputs:
  lw ra, ROW(sp)
  add ra, ra, a5
.Lfour_position:
  lw t3, WEIGHTS_OF_PLANE(sp)
  lw t0, ALL_TAPS(sp)
  add t4, t3, t0
  add t5, t4, t0
  add t6, t5, t0
  mv t1, t4
  mv a0, s0
  .irp sum, s2, s3, s4, s5, s6, s7, s10, s11
  li \sum, 0
  .endr
.Lfour_row:
  jr s1
  .p2align 2
.Lfour_taps:
  .set k, 0
  .rept FOUR_STEPS
  .if k == 1
.Lfour_second:
  .endif
  lw a6, 8 * k(a0)
  lw a7, 8 * k + 4(a0)
  accumulate_channel t3, s10, s11
  accumulate_channel t4, s2, s3
  accumulate_channel t5, s4, s5
  accumulate_channel t6, s6, s7
  .set k, k + 1
  .endr
  add t3, t3, s8
  add t4, t4, s8
  add t5, t5, s8
  add t6, t6, s8
  add a0, a0, s9
  bne t3, t1, .Lfour_row
  lw t2, SCALE(sp)
  .irp channel, 0, 1, 2, 3
  .if \channel == 1
  mv s10, s2
  mv s11, s3
  .elseif \channel == 2
  mv s10, s4
  mv s11, s5
  .elseif \channel == 3
  mv s10, s6
  mv s11, s7
  .endif
  lw t3, 0(t2)
  lw t4, 4(t2)
  lw t1, 8(t2)
  addi t6, a5, \channel
  lw t0, SCALE_STEP(sp)
  add t2, t2, t0
  lw t0, FINISH(sp)
  jalr t0, t0
  .endr
  lw t2, X_STEP(sp)
  lw t5, AT_STEP(sp)
  add s0, s0, t2
  add a5, a5, t5
  bne a5, ra, .Lfour_position
  lw t2, X_JUMP(sp)
  lw t5, AT_JUMP(sp)
  add s0, s0, t2
  add a5, a5, t5
  lw t2, ROWS(sp)
  addi t2, t2, -1
  sw t2, ROWS(sp)
  bnez t2, .Lfour_outputs
  leave_frame
  .size pl_quad_rv32_window_four, . - pl_quad_rv32_window_four

// Six values at k of rows t1-t6 to the two trios at a0.
  .macro pack_six k
  lb a3, \k(t2)
  lb a4, \k(t1)
  lb a5, \k(t3)
  lb a6, \k(t5)
  lb a7, \k(t4)
  lb t0, \k(t6)
  slli a3, a3, 11
  slli a6, a6, 11
  add a5, a5, a3
  add t0, t0, a6
  slli a3, a3, 10
  slli a6, a6, 10
  add a4, a4, a3
  add a7, a7, a6
  sw a4, 16 * \k(a0)
  sw a5, 16 * \k + 4(a0)
  sw a7, 16 * \k + 8(a0)
  sw t0, 16 * \k + 12(a0)
  .endm

  .macro pack_next count
  addi a0, a0, 16 * \count
  .irp n, 1, 2, 3, 4, 5, 6
  addi t\n, t\n, \count
  .endr
  .endm

function pl_quad_rv32_pack
  .irp n, 1, 2, 3, 4, 5, 6
  lw t\n, 4 * \n - 4(a1)
  .endr
  slli a1, a2, 4
  add a1, a1, a0
  andi a2, a2, 3
  beqz a2, .Lpack_fours
.Lpack_ones:
  pack_six 0
  pack_next 1
  addi a2, a2, -1
  bnez a2, .Lpack_ones
  beq a0, a1, .Lpack_end
.Lpack_fours:
  pack_six 0
  pack_six 1
  pack_six 2
  pack_six 3
  pack_next 4
  bne a0, a1, .Lpack_fours
.Lpack_end:
  ret
  .size pl_quad_rv32_pack, . - pl_quad_rv32_pack
