// SPDX-License-Identifier: Apache-2.0
// Counts executed instructions in unicorn, block by block, and per call of marked functions; estimated cycles likewise.
// Runs on the host. unicorn.py fills the structs in; it declares the same fields in the same order.

#include <stdint.h>

// One for every halfword of the code. Known once a block that starts there has been executed.
typedef struct {
  uint16_t bytes;         // size of the block; 0: not known yet
  uint16_t instructions;  // in it
  uint16_t marked;        // whether a function to be counted starts here
  uint16_t inside;        // estimated cycles; 0 without a model of the core
  uint16_t leave;         // more of them if its last instruction branches
  uint16_t enter;         // more of them if a branch led to it
} pl_block;

typedef struct {
  uint64_t address;
  uint64_t instructions;  // from the entry to the return
  uint64_t cycles;        // likewise
} pl_counted_call;

typedef struct {
  uint64_t instructions;  // executed so far
  uint64_t limit;         // the run is stopped behind it
  uint64_t cycles;        // estimated; the branch that ends the last block is still missing
  uint64_t next;          // address behind the last block
  uint64_t leave;         // cycles more if the last block did not go on there
  uint64_t code_base;     // address of code[0]
  uint64_t code_size;     // bytes
  const uint8_t *code;
  pl_block *blocks;
  pl_counted_call *calls;
  uint64_t call_capacity;
  uint64_t call_count;      // may exceed the capacity: then the last ones were not recorded
  uint64_t call_address;    // of the call that is under way
  uint64_t call_start;      // the instructions at its entry
  uint64_t call_cycles;     // the cycles at its entry
  uint64_t return_address;  // where it ends; odd, and so never reached, when none is under way
  uint64_t strayed;         // the first block outside the code, if has_strayed
  int (*read_register)(void *engine, int id, void *value);
  int (*stop)(void *engine);
  void (*time)(uint64_t address, uint32_t size, pl_block *block);  // fills in the cycles; NULL without a model
  int32_t return_register;
  uint32_t is_riscv;
  uint32_t has_strayed;
} pl_counter;

uint64_t pl_counter_size(void);
void pl_count_block(void *engine, uint64_t address, uint32_t size, void *user_data);

// For the caller to compare with its own declaration of the struct.
uint64_t pl_counter_size(void) { return sizeof(pl_counter); }

static uint32_t pl_is_wide(const uint8_t *code, uint32_t is_riscv) {
  if (is_riscv) {
    return (code[0] & 3u) == 3u;
  }
  return code[1] >> 3 >= 0x1Du;  // Thumb: the upper five bits 0b11101, 0b11110 or 0b11111
}

static uint16_t pl_instructions_in(const uint8_t *code, uint32_t size, uint32_t is_riscv) {
  uint16_t found = 0;
  for (uint32_t at = 0; at < size; at += pl_is_wide(code + at, is_riscv) ? 4 : 2) {
    ++found;
  }
  return found;
}

static void pl_end_call(pl_counter *counter) {
  if (counter->call_count < counter->call_capacity) {
    pl_counted_call *call = &counter->calls[counter->call_count];
    call->address = counter->call_address;
    call->instructions = counter->instructions - counter->call_start;
    call->cycles = counter->cycles - counter->call_cycles;
  }
  ++counter->call_count;
  counter->return_address = 1;
}

static void pl_begin_call(pl_counter *counter, void *engine, uint64_t address) {
  uint32_t link = 0;
  counter->read_register(engine, counter->return_register, &link);
  counter->return_address = link & ~(uint32_t)1;
  counter->call_address = address;
  counter->call_start = counter->instructions;
  counter->call_cycles = counter->cycles;
}

static void pl_stray(pl_counter *counter, void *engine, uint64_t address) {
  if (!counter->has_strayed) {
    counter->has_strayed = 1;
    counter->strayed = address;
  }
  counter->stop(engine);
}

void pl_count_block(void *engine, uint64_t address, uint32_t size, void *user_data) {
  pl_counter *counter = user_data;
  const uint64_t offset = address - counter->code_base;
  if (offset >= counter->code_size || size > counter->code_size - offset) {
    pl_stray(counter, engine, address);
    return;
  }
  pl_block *block = &counter->blocks[offset >> 1];
  if (block->bytes != size) {
    block->bytes = (uint16_t)size;
    block->instructions = pl_instructions_in(counter->code + offset, size, counter->is_riscv);
    if (counter->time) {
      counter->time(address, size, block);
    }
  }
  const int branched = address != counter->next;
  counter->cycles += branched ? counter->leave : 0u;
  if (address == counter->return_address) {
    pl_end_call(counter);
  }
  if (block->marked && counter->return_address == 1) {
    pl_begin_call(counter, engine, address);
  }
  counter->instructions += block->instructions;
  counter->cycles += (uint64_t)block->inside + (branched ? block->enter : 0u);
  counter->next = address + size;
  counter->leave = block->leave;
  if (counter->instructions > counter->limit) {
    counter->stop(engine);
  }
}
