// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QMap>
#include <QStringList>

namespace pimento::test {

// Sees every opening of a file in some folders (not those inside them), by whichever process, as the kernel tells it.
class OpenWatch {
 public:
  explicit OpenWatch(const QStringList &folders);
  ~OpenWatch();
  OpenWatch(const OpenWatch &) = delete;
  OpenWatch &operator=(const OpenWatch &) = delete;

  // The files that were opened since the last call, once each; the opening of a folder itself does not count.
  [[nodiscard]] QStringList opened();

 private:
  int m_handle = -1;
  QMap<int, QString> m_folders;
};

}  // namespace pimento::test
