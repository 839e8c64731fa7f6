// SPDX-License-Identifier: GPL-3.0-or-later
// The only unit that sees c10d.
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <QFile>
#include <chrono>
#include <cstdio>
#include <thread>

#include "core/base/error.h"
#include "core/base/visible.h"
#include "core/learn/ranks/listening.h"
#include "core/learn/ranks/own_address.h"
#include "core/learn/ranks/ranks.h"

namespace pimento::learn {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int PatienceFactor = 10;  // starting and reading the data, over an exchange

std::chrono::milliseconds patience(const RankOptions &options) {
  return std::chrono::seconds(options.timeout_s) * PatienceFactor;
}

// What LibTorch and Gloo say, cut to its first line.
QString firstLine(const std::exception &error) {
  const auto *torchError = dynamic_cast<const c10::Error *>(&error);
  const QString text =
      QString::fromUtf8(torchError != nullptr ? torchError->what_without_backtrace() : error.what()).trimmed();
  return text.section(QLatin1Char('\n'), 0, 0);
}

std::string leftKey(int rank) { return "pimento/left/" + std::to_string(rank); }

class GlooRanks : public Ranks {
 public:
  explicit GlooRanks(const RankOptions &options) : m_options(options) {
    try {
      meet();
    } catch (const Error &) {
      throw;
    } catch (const std::exception &error) {
      throw Error(options.rendezvous.text(),
                  QStringLiteral("the %1 ranks did not find each other (%2)").arg(options.size).arg(firstLine(error)),
                  QStringLiteral(
                      "start every rank with this rendezvous; its host is the machine of rank 0, best by its address"));
    }
  }

  [[nodiscard]] int rank() const override { return m_options.rank; }
  [[nodiscard]] int size() const override { return m_options.size; }
  [[nodiscard]] QString lost() const override { return m_lost; }

  using Ranks::maximum;
  using Ranks::sum;
  void sum(at::Tensor values) override { reduce(values, c10d::ReduceOp::SUM, {}); }
  void maximum(at::Tensor values) override { reduce(values, c10d::ReduceOp::MAX, {}); }
  void broadcast(at::Tensor values) override {
    std::vector<at::Tensor> list{values};
    together([&] { m_group->broadcast(list)->wait(); });
  }
  void await() override { reduce(at::zeros({1}), c10d::ReduceOp::SUM, patience(m_options)); }

 private:
  void meet();
  void reduce(const at::Tensor &values, c10d::ReduceOp::RedOpType operation,
              std::optional<std::chrono::milliseconds> timeout) {
    std::vector<at::Tensor> list{values};
    c10d::AllreduceOptions options;
    options.reduceOp = operation;
    if (timeout) options.timeout = *timeout;
    together([&] { m_group->allreduce(list, options)->wait(); });
  }
  void together(const std::function<void()> &operation);
  [[nodiscard]] QString findLost();

  RankOptions m_options;
  c10::intrusive_ptr<c10d::Store> m_store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> m_group;
  QString m_lost;
};

void GlooRanks::meet() {
  const Rendezvous &at = m_options.rendezvous;
  if (at.host.isEmpty()) {
    m_store = c10::make_intrusive<c10d::FileStore>(at.file.toStdString(), m_options.size);
    m_store->setTimeout(patience(m_options));
    if (m_store->add("pimento/ranks", 1) > m_options.size)
      throw Error(at.file, QStringLiteral("is left from another run"),
                  QStringLiteral("remove it and start all ranks again"));
  } else {
    c10d::TCPStoreOptions store;
    store.port = static_cast<std::uint16_t>(at.port);
    store.isServer = leads();
    store.numWorkers = m_options.size;
    store.timeout = patience(m_options);
    const QString host = meetingAddress(at.host, m_options.networkInterface);
    const ListenOn address(leads() ? listeningAddress(host) : QString());
    m_store = c10::make_intrusive<c10d::TCPStore>(host.toStdString(), store);
    if (leads() && !isLoopback(at.host))
      std::fprintf(stderr, "pimento-learn: the ranks meet at %s; their traffic is open: use a trusted network\n",
                   visible(at.text()).toUtf8().constData());
  }
  const auto group = c10d::ProcessGroupGloo::Options::create(std::chrono::seconds(m_options.timeout_s));
  group->devices = {m_options.networkInterface.isEmpty()
                        ? c10d::ProcessGroupGloo::createDeviceForHostname(ownAddress(at.host).toStdString())
                        : c10d::ProcessGroupGloo::createDeviceForInterface(m_options.networkInterface.toStdString())};
  group->threads = 1;  // operations come one after another
  m_group = c10::make_intrusive<c10d::ProcessGroupGloo>(m_store, m_options.rank, m_options.size, group);
}

void GlooRanks::together(const std::function<void()> &operation) {
  if (!m_group) throw Error(QStringLiteral("ranks"), QStringLiteral("are no longer connected"));
  try {
    operation();
  } catch (const std::exception &error) {
    const QString why = firstLine(error);
    m_lost = findLost();
    throw Error(m_options.rendezvous.text(),
                m_lost.isEmpty() ? QStringLiteral("the connection between the ranks broke (%1)").arg(why) : m_lost,
                QStringLiteral("start all ranks again to go on from the last checkpoint"));
  }
}

// Whoever survives says so in the store; who does not, as long as a rank may be silent, is lost. Closing our
// connections first lets ranks that wait for us do the same at once. Of two ranks it can only be the other.
QString GlooRanks::findLost() {
  constexpr auto Pause = 50ms;
  constexpr auto Access = 1s;  // to the store
  const auto end = Clock::now() + (m_options.size == 2 ? Access : std::chrono::seconds(m_options.timeout_s));
  m_group.reset();
  QStringList silent;
  try {
    m_store->setTimeout(Access);
    m_store->set(leftKey(m_options.rank), std::vector<std::uint8_t>{1});
    do {
      std::this_thread::sleep_for(Pause);
      QStringList now;
      for (int r = 0; r < m_options.size; ++r)
        if (!m_store->check({leftKey(r)})) now << QString::number(r);
      silent = now;
    } while (!silent.isEmpty() && Clock::now() < end);
  } catch (const std::exception &) {  // the store lives in rank 0, or the others have removed its file
    if (silent.isEmpty() && !m_options.rendezvous.host.isEmpty()) silent << QStringLiteral("0");
  }
  if (m_options.rendezvous.host.isEmpty()) QFile::remove(m_options.rendezvous.file);
  if (silent.isEmpty()) return {};
  return (silent.size() == 1 ? QStringLiteral("rank %1 was lost") : QStringLiteral("ranks %1 were lost"))
      .arg(silent.join(QStringLiteral(", ")));
}

}  // namespace

std::unique_ptr<Ranks> joinRanks(const RankOptions &options) {
  if (options.size == 1) return std::make_unique<Ranks>();
  return std::make_unique<GlooRanks>(options);
}

}  // namespace pimento::learn
