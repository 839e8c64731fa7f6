// SPDX-License-Identifier: GPL-3.0-or-later
// The totals-only path promises not to allocate. This counts every operator new of the test program.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "core/hardware/estimate/estimate.h"
#include "core/network/families/families.h"

#ifndef __SANITIZE_ADDRESS__  // the sanitizer has its own

namespace {
thread_local std::size_t allocations = 0;

void *counted(std::size_t size) {
  ++allocations;
  if (void *memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
}  // namespace

void *operator new(std::size_t size) { return counted(size); }
void *operator new[](std::size_t size) { return counted(size); }
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void *memory, std::size_t) noexcept { std::free(memory); }

using namespace pimento;

TEST(Estimate, totalsDoNotAllocate) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet50-slimmable"));
  const auto works = workOf(network, network.variants.front());
  for (const Dataflow dataflow : {Dataflow::Patch, Dataflow::Tap, Dataflow::Latched}) {
    Accelerator accelerator;
    accelerator.schedule.dataflow = dataflow;
    const Machine machine = buildMachine(accelerator);
    const std::size_t before = allocations;
    const Totals totals = estimateTotals(works, machine, {});
    EXPECT_EQ(allocations, before);
    EXPECT_GT(totals.energy_uj(), 0);
  }
  const std::size_t before = allocations;
  const Estimate detailed = estimate(works, buildMachine(Accelerator{}), {});  // the vector of its layers
  EXPECT_GT(allocations, before);
  EXPECT_EQ(detailed.layers.size(), works.size());
}

#endif
