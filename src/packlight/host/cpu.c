// SPDX-License-Identifier: Apache-2.0
// What this computer's processor can do.
#include "pl_vnni.h"

#if defined(PL_AVX2) && !defined(__GNUC__)
#include <intrin.h>
#endif

int32_t pl_host_has_avx2(void);
int32_t pl_host_has_vnni(void);

#if !defined(PL_AVX2)

int32_t pl_host_has_avx2(void) {
  return 0;
}

int32_t pl_host_has_vnni(void) {
  return 0;
}

#elif defined(__GNUC__)

// Whether the kernels with AVX2 are in this library, and processor and operating system can run them.
int32_t pl_host_has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") != 0;
}

// The same of those with AVX-512: F, BW, VL, VNNI and VBMI.
int32_t pl_host_has_vnni(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vbmi");
}

#else

// Whether the operating system saves all registers of `states`, bits of XCR0, and the processor has all features of
// `ebx` and `ecx`, bits of CPUID's leaf 7.
static int32_t pl_host_has(unsigned long long states, unsigned ebx, unsigned ecx) {
  int cpu[4];
  __cpuid(cpu, 0);
  if (cpu[0] < 7) {
    return 0;
  }
  __cpuid(cpu, 1);
  if (!((unsigned)cpu[2] & 1u << 27) || (_xgetbv(0) & states) != states) {  // bit 27: XGETBV may be asked
    return 0;
  }
  __cpuidex(cpu, 7, 0);
  return ((unsigned)cpu[1] & ebx) == ebx && ((unsigned)cpu[2] & ecx) == ecx;
}

int32_t pl_host_has_avx2(void) {
  return pl_host_has(0x06, 1u << 5, 0);
}

int32_t pl_host_has_vnni(void) {
  return pl_host_has(0xe6, 1u << 16 | 1u << 30 | 1u << 31, 1u << 1 | 1u << 11);
}

#endif
