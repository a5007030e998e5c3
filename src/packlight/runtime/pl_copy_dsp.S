// SPDX-License-Identifier: Apache-2.0
  .syntax unified
  .thumb
  .section .text.pl_copy_dsp, "ax", %progbits
  .balign 4
  .global pl_copy_dsp
  .thumb_func
  .type pl_copy_dsp, %function
pl_copy_dsp:
  push {r4-r7}
  ldr r7, [sp, #16]
  and r12, r2, #3
  lsrs r2, r2, #2
1:
  mov r4, r1
  movs r5, r2
  beq 3f
2:
  ldr r6, [r4], #4
  str r6, [r0], #4
  subs r5, r5, #1
  bne 2b
3:
  movs r5, r12
  beq 5f
4:
  ldrb r6, [r4], #1
  strb r6, [r0], #1
  subs r5, r5, #1
  bne 4b
5:
  add r1, r1, r7
  subs r3, r3, #1
  bne 1b
  pop {r4-r7}
  bx lr
  .size pl_copy_dsp, . - pl_copy_dsp

  .section .text.pl_copy_windows_dsp, "ax", %progbits
  .balign 4
  .global pl_copy_windows_dsp
  .thumb_func
  .type pl_copy_windows_dsp, %function
pl_copy_windows_dsp:
  push {r4-r11, lr}
  ldm r2, {r4-r9}
1:
  mov r10, r1
  mov r11, r6
  mov r12, r0
2:
  mov lr, r4
3:
  ldr r2, [r10], #4
  str r2, [r12], #4
  subs lr, lr, #1
  bne 3b
  sub r12, r12, r5
  add r10, r10, r7
  subs r11, r11, #1
  bne 2b
  add r1, r1, r8
  add r0, r0, r9
  subs r3, r3, #1
  bne 1b
  pop {r4-r11, pc}
  .size pl_copy_windows_dsp, . - pl_copy_windows_dsp
