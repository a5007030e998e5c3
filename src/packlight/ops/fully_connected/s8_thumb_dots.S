// SPDX-License-Identifier: Apache-2.0
// Thumb-1, but for MLA where there is one. r0 weights, r1 x, lr where x ends; sums in r4-r11, which ADD reaches.
  .syntax unified
  .thumb

// r2 times r3, added. Both forms have four bytes; where there is MLA, it saves an instruction.
  .macro add_product sum
#if __ARM_ARCH >= 7 && !defined(__ARM_ARCH_8M_BASE__)
  mla \sum, r2, r3, \sum
#else
  muls r2, r3
  add \sum, r2
#endif
  .endm

// x at \step times its weight in each row. Row 0 is summed in r4, and so on.
  .macro products rows, step
  ldrb r3, [r1, #\step]
  .set row, 0
  .irp sum, r4, r5, r6, r7, r8, r9, r10, r11
  .if row < \rows
  ldrb r2, [r0, #\step * \rows + row]
  add_product \sum
  .endif
  .set row, row + 1
  .endr
  .endm

// A loop of \steps steps, entered behind those that count lacks to a multiple.
  .macro dots name, rows, steps
  .section .text.\name,"ax",%progbits
  .global \name
  .type \name, %function
  .thumb_func
  .p2align 2
\name:
  push {r4-r7, lr}
  mov r4, r8
  mov r5, r9
  mov r6, r10
  mov r7, r11
  push {r3-r7}
  mov lr, r1
  add lr, r2
  rsbs r2, r2, #0
  movs r4, #\steps - 1
  ands r2, r4
  subs r1, r1, r2
  movs r4, #\rows
  muls r4, r2
  subs r0, r0, r4
  movs r4, #2 * (1 + 3 * \rows)
  muls r2, r4
  adr r4, 1f
  adds r2, r2, r4
  adds r2, #1
  .if \rows == 8
  adds r3, #16
  ldmia r3!, {r4-r7}
  mov r8, r4
  mov r9, r5
  mov r10, r6
  mov r11, r7
  subs r3, #32
  .endif
  .if \rows == 1
  ldr r4, [r3]
  .else
  ldmia r3!, {r4-r7}
  .endif
  bx r2
  .p2align 2
1:
  .set step, 0
  .rept \steps
  products \rows, step
  .set step, step + 1
  .endr
  adds r0, #\rows * \steps
  adds r1, #\steps
  cmp r1, lr
  bne 1b
  pop {r3}
  .if \rows == 1
  str r4, [r3]
  .else
  stmia r3!, {r4-r7}
  .endif
  .if \rows == 8
  mov r4, r8
  mov r5, r9
  mov r6, r10
  mov r7, r11
  stmia r3!, {r4-r7}
  .endif
  pop {r4-r7}
  mov r8, r4
  mov r9, r5
  mov r10, r6
  mov r11, r7
  pop {r4-r7, pc}
  .size \name, . - \name
  .endm

  dots fully_connected_s8_thumb_dots_8, 8, 4
  dots fully_connected_s8_thumb_dots_4, 4, 8
  dots fully_connected_s8_thumb_dots_1, 1, 8

// r0, r1 behind the ends, r2 from minus the count up to 0, r5 the sum.
  .section .text.fully_connected_s8_thumb_bytes,"ax",%progbits
  .global fully_connected_s8_thumb_bytes
  .type fully_connected_s8_thumb_bytes, %function
  .thumb_func
  .p2align 2
fully_connected_s8_thumb_bytes:
  push {r4, r5, lr}
  adds r0, r0, r2
  adds r1, r1, r2
  rsbs r2, r2, #0
  movs r4, #128
  movs r5, #0
.Lbytes_loop:
  ldrb r3, [r1, r2]
  eors r3, r4
  strb r3, [r0, r2]
  adds r5, r5, r3
  adds r2, #1
  bne .Lbytes_loop
  movs r0, r5
  pop {r4, r5, pc}
  .size fully_connected_s8_thumb_bytes, . - fully_connected_s8_thumb_bytes
