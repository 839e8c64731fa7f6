// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/learn/rank_threads.h"

#include <QTemporaryDir>
#include <future>

namespace pimento::test {

void together(int size, const std::function<void(learn::Ranks &)> &work, int timeout_s) {
  const QTemporaryDir folder;
  std::vector<std::future<void>> ranks;
  for (int rank = 0; rank < size; ++rank)
    ranks.push_back(std::async(std::launch::async, [&, rank] {
      learn::RankOptions options;
      options.rank = rank;
      options.size = size;
      options.rendezvous.file = folder.filePath(QStringLiteral("meeting"));
      options.timeout_s = timeout_s;
      work(*learn::joinRanks(options));
    }));
  for (std::future<void> &rank : ranks) rank.wait();
  for (std::future<void> &rank : ranks) rank.get();
}

}  // namespace pimento::test
