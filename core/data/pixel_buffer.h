// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace pimento {

// Bytes of pixels made for a network that stay in memory; where there are more, they lie on the disk.
inline constexpr std::size_t PixelMemory = std::size_t{512} << 20;

// Room for pixels to write and then to read: in memory up to `memory` bytes, above that a file without a name in the
// cache folder, mapped, which the system takes out of memory as it needs and which is gone with its last owner. Throws
// Error if the disk does not have the room.
struct PixelBuffer {
  std::span<std::uint8_t> bytes;
  std::shared_ptr<void> owner;
  bool onDisk = false;

  void release(std::size_t from, std::size_t count) const;  // what is written need not stay in memory
};
[[nodiscard]] PixelBuffer makePixelBuffer(std::size_t bytes, std::size_t memory = PixelMemory);

}  // namespace pimento
