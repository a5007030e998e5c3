// SPDX-License-Identifier: Apache-2.0
// RV32IM. a0: weights; a1: x; a2: where x ends; a3: sums; t0, t1: a value, a weight.
  .option norelax

// \operation between sum i and \operands i, for each of the rows.
  .macro each_sum operation, rows
  .set row, 0
  .irp sum, a4, a5, a6, a7, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11
  .if row < \rows
  \operation \sum
  .endif
  .set row, row + 1
  .endr
  .endm

  .macro load_sum sum
  lw \sum, 4 * row(a3)
  .endm

  .macro store_sum sum
  sw \sum, 4 * row(a3)
  .endm

  .macro add_product sum
  lb t1, place(a0)
  .set place, place + 1
  mul t1, t1, t0
  add \sum, \sum, t1
  .endm

// A loop of \steps steps, a power of two, entered behind those that count lacks to a multiple.
  .macro dots rows, steps
  .section .text.fully_connected_s8_rv32_dots_\rows,"ax",%progbits
  .global fully_connected_s8_rv32_dots_\rows
  .type fully_connected_s8_rv32_dots_\rows, %function
  .p2align 2
fully_connected_s8_rv32_dots_\rows:
  .if \rows > 4
  addi sp, sp, -48
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  sw s\n, 4 * \n(sp)
  .endr
  .endif
  each_sum load_sum, \rows
  neg t0, a2
  andi t0, t0, \steps - 1
  add a2, a2, a1
  sub a1, a1, t0
  li t1, \rows
  mul t1, t1, t0
  sub a0, a0, t1
  li t1, .Ldots_second_\rows - .Ldots_loop_\rows
  mul t0, t0, t1
  lla t1, .Ldots_loop_\rows
  add t1, t1, t0
  jr t1
  .p2align 2
.Ldots_loop_\rows:
  .set step, 0
  .set place, 0
  .rept \steps
  .if step == 1
.Ldots_second_\rows:
  .endif
  lb t0, step(a1)
  each_sum add_product, \rows
  .set step, step + 1
  .endr
  addi a0, a0, \rows * \steps
  addi a1, a1, \steps
  bne a1, a2, .Ldots_loop_\rows
  each_sum store_sum, \rows
  .if \rows > 4
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  lw s\n, 4 * \n(sp)
  .endr
  addi sp, sp, 48
  .endif
  ret
  .size fully_connected_s8_rv32_dots_\rows, . - fully_connected_s8_rv32_dots_\rows
  .endm

  dots 16, 4
  dots 4, 4
  dots 1, 8
