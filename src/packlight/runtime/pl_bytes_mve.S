// SPDX-License-Identifier: Apache-2.0
  .syntax unified
  .thumb

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

function pl_spread_mve
  push {r4, r5, r6, lr}
  vldrb.u8 q0, [r3]
  ldrd r4, r5, [r3, #16]
  ldr r6, [r3, #24]
.Lspread:
  vctp.8 r2
  vpstt
  vldrbt.u8 q1, [r1]
  vstrbt.8 q1, [r0, q0]
  add r1, r4
  add r0, r5
  subs r2, r2, r6
  bgt .Lspread
  pop {r4, r5, r6, pc}
done pl_spread_mve

function pl_copy_mve
  push {r4, r5, r6, r7, r8, lr}
  ldrd r4, r5, [sp, #24]
.Lcopy:
  mov r6, r0
  mov r7, r2
  wlstp.8 lr, r4, .Lcopied
.Lcopy_some:
  vldrb.u8 q0, [r7], #16
  vstrb.8 q0, [r6], #16
  letp lr, .Lcopy_some
.Lcopied:
  add r0, r1
  add r2, r3
  subs r5, #1
  bgt .Lcopy
  pop {r4, r5, r6, r7, r8, pc}
done pl_copy_mve

function pl_fill_mve
  push {r4, lr}
  vdup.8 q0, r1
  wlstp.8 lr, r2, .Lfilled
.Lfill:
  vstrb.8 q0, [r0], #16
  letp lr, .Lfill
.Lfilled:
  pop {r4, pc}
done pl_fill_mve

function pl_clamp_mve
  cmn r2, #128
  it eq
  cmpeq r3, #127
  it eq
  bxeq lr
  push {r4, lr}
  vdup.8 q1, r2
  vdup.8 q2, r3
  wlstp.8 lr, r1, .Lclamped
.Lclamp:
  vldrb.u8 q0, [r0]
  vmax.s8 q0, q0, q1
  vmin.s8 q0, q0, q2
  vstrb.8 q0, [r0], #16
  letp lr, .Lclamp
.Lclamped:
  pop {r4, pc}
done pl_clamp_mve
