// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/ranks/ranks.h"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>

#include "core/base/error.h"
#include "core/learn/ranks/own_address.h"
#include "tests/learn/rank_threads.h"

namespace pimento::learn {

namespace {

class Numbered : public Ranks {
 public:
  Numbered(int rank, int size) : m_rank(rank), m_size(size) {}
  [[nodiscard]] int rank() const override { return m_rank; }
  [[nodiscard]] int size() const override { return m_size; }

 private:
  int m_rank;
  int m_size;
};

std::vector<std::uint32_t> upTo(std::size_t n) {
  std::vector<std::uint32_t> indices(n);
  std::iota(indices.begin(), indices.end(), 0U);
  return indices;
}

}  // namespace

TEST(Ranks, divideEachBatchByIndex) {
  constexpr int Batch = 8, Size = 3;
  std::vector<std::vector<std::uint32_t>> batches(3);
  double weight = 0;
  for (int r = 0; r < Size; ++r) {
    const Share share = shareOf(upTo(26), Batch, Numbered(r, Size));
    EXPECT_EQ(share.whole, Batch);
    EXPECT_DOUBLE_EQ(share.weight, share.batch / 8.0);
    ASSERT_EQ(share.order.size(), batches.size() * static_cast<std::size_t>(share.batch));
    for (std::size_t i = 0; i < share.order.size(); ++i)
      batches[i / static_cast<std::size_t>(share.batch)].push_back(share.order[i]);
    weight += share.weight;
  }
  EXPECT_DOUBLE_EQ(weight, 1);
  for (std::size_t b = 0; b < batches.size(); ++b)
    for (std::size_t i = 0; i < Batch; ++i) EXPECT_EQ(batches[b][i], b * Batch + i);
}

TEST(Ranks, divideASmallSetAsOneBatch) {
  EXPECT_EQ(shareOf(upTo(5), 128, Numbered(1, 2)).order, (std::vector<std::uint32_t>{2, 3, 4}));
  EXPECT_EQ(shareOf(upTo(5), 128, Numbered(0, 1)).order.size(), 5U);
  try {
    static_cast<void>(shareOf(upTo(100), 3, Numbered(0, 4)));
    FAIL();
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find("a batch of 3 images can not be divided among 4 ranks"),
              std::string::npos);
  }
}

TEST(Ranks, evaluateEachImageOnce) {
  const auto indices = upTo(10);
  std::vector<std::uint32_t> all;
  for (int r = 0; r < 4; ++r)
    for (const std::uint32_t i : partOf(indices, Numbered(r, 4))) all.push_back(i);
  EXPECT_EQ(all, indices);
}

TEST(Ranks, aloneLeaveEverythingAsItIs) {
  const auto ranks = joinRanks({});
  EXPECT_TRUE(ranks->alone() && ranks->leads());
  std::vector<double> values{1, 2};
  ranks->sum(values);
  EXPECT_EQ(values, (std::vector<double>{1, 2}));
  EXPECT_EQ(ranks->maximum(3.5), 3.5);
  EXPECT_EQ(ranks->ofLeader(-1), -1);
}

TEST(Ranks, sumAndAgree) {
  test::together(3, [](Ranks &ranks) {
    ranks.await();
    std::vector<double> values{1, 10.0 * ranks.rank()};
    ranks.sum(values);
    EXPECT_EQ(values, (std::vector<double>{3, 30}));
    EXPECT_EQ(ranks.sum(std::int64_t{1} << 53 | 1), 3 * (std::int64_t{1} << 53 | 1));
    EXPECT_EQ(ranks.maximum(ranks.rank()), 2);
    EXPECT_EQ(ranks.ofLeader(7 + ranks.rank()), 7);
    const at::Tensor part = at::full({2, 3}, ranks.rank(), at::kFloat);
    ranks.sum(part);
    EXPECT_TRUE(part.equal(at::full({2, 3}, 3, at::kFloat)));
  });
}

TEST(Ranks, refuseToWorkOnDifferentThings) {
  std::atomic<int> refused = 0;
  test::together(3, [&](Ranks &ranks) {
    const auto same = [&](const QByteArray &bytes) {
      ranks.requireSame(bytes, QStringLiteral("runs/a"), QStringLiteral("differs"), QStringLiteral("copy it"));
    };
    same("job");
    try {
      same(ranks.rank() == 2 ? "other" : "job");
    } catch (const Error &error) {
      EXPECT_STREQ(error.what(), "runs/a: differs; copy it");
      ++refused;
    }
  });
  EXPECT_EQ(refused, 3);
}

TEST(Ranks, tellWhoIsLost) {
  std::atomic<int> told = 0;
  test::together(
      3,
      [&](Ranks &ranks) {
        ranks.await();
        if (ranks.rank() == 1) return;  // ends without a word
        try {
          while (true) ranks.sum(at::zeros({1}));
        } catch (const Error &error) {
          EXPECT_EQ(ranks.lost(), QStringLiteral("rank 1 was lost"));
          EXPECT_NE(std::string(error.what()).find("rank 1 was lost"), std::string::npos) << error.what();
          ++told;
        }
      },
      2);
  EXPECT_EQ(told, 2);
}

TEST(OwnAddress, isOfTheLoopbackOnlyForIt) {
  EXPECT_EQ(ownAddress(QStringLiteral("localhost")), QStringLiteral("127.0.0.1"));
  EXPECT_EQ(ownAddress(QStringLiteral("127.0.0.1")), QStringLiteral("127.0.0.1"));
  EXPECT_FALSE(ownAddress(QStringLiteral("no such host")).isEmpty());
}

TEST(OwnAddress, isWhereRanksMeetWhoseHostHidesTheLoopback) {
  const auto met = [](const char *host, const char *interface = "") {
    return meetingAddress(QString::fromLatin1(host), QString::fromLatin1(interface));
  };
  EXPECT_EQ(met("127.0.0.1"), QStringLiteral("127.0.0.1"));
  EXPECT_EQ(met("localhost"), QStringLiteral("localhost"));
  EXPECT_EQ(met("192.0.2.77"), QStringLiteral("192.0.2.77"));
  EXPECT_EQ(met("2130706433"), ownAddress({})) << "127.0.0.1 as a number";
  EXPECT_EQ(met("2130706433", "lo"), QStringLiteral("127.0.0.1"));
  EXPECT_EQ(met("2130706433", "no-such-interface"), ownAddress({}));
  for (const char *host : {"127.0.0.1", "localhost", "2130706433"})
    EXPECT_FALSE(listeningAddress(met(host)).isEmpty()) << host;
}

}  // namespace pimento::learn
