// SPDX-License-Identifier: Apache-2.0
// A plugin for QEMU that counts executed instructions, block by block, into a file shared with qemu.py: its first
// eight bytes are the counter. The few functions used are declared here, so that QEMU's headers are not needed.
// PL_QEMU_PLUGIN_VERSION is the plugin interface that the installed QEMU asks for.

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct qemu_plugin_tb;

extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
extern void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*translated)(uint64_t, struct qemu_plugin_tb *));
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *block, void (*executed)(unsigned int, void *),
                                                 int registers, void *user_data);

int qemu_plugin_version = PL_QEMU_PLUGIN_VERSION;
int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv);

static volatile uint64_t *pl_executed;

static void pl_count(unsigned int core, void *instructions) {
  (void)core;
  *pl_executed += (uintptr_t)instructions;
}

static void pl_translated(uint64_t id, struct qemu_plugin_tb *block) {
  (void)id;
  const uintptr_t instructions = qemu_plugin_tb_n_insns(block);
  qemu_plugin_register_vcpu_tb_exec_cb(block, pl_count, 0, (void *)instructions);
}

// The one argument is "counter=" and the path of the file.
int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv) {
  static const char key[] = "counter=";
  (void)info;
  if (argc != 1 || strncmp(argv[0], key, sizeof key - 1) != 0) {
    return 1;
  }
  const int file = open(argv[0] + sizeof key - 1, O_RDWR);
  if (file < 0) {
    return 1;
  }
  void *const shared = mmap(NULL, sizeof *pl_executed, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (shared == MAP_FAILED) {
    return 1;
  }
  pl_executed = shared;
  qemu_plugin_register_vcpu_tb_trans_cb(id, pl_translated);
  return 0;
}
