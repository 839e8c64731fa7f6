// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/ranks/rank_options.h"

#include <gtest/gtest.h>

#include <map>

#include "core/base/error.h"

namespace pimento::learn {

namespace {

using Variables = std::map<const char *, const char *>;

RankOptions optionsOf(const QString &words, const Variables &variables = {}) {
  QProcessEnvironment environment;
  for (const auto &[name, value] : variables) environment.insert(QString::fromLatin1(name), QString::fromLatin1(value));
  return rankOptionsOf(
      CommandWords(QStringLiteral("train"), words.split(QLatin1Char(' '), Qt::SkipEmptyParts), rankOptionNames(), {}),
      environment);
}

std::string errorOf(const QString &words, const Variables &variables = {}) {
  try {
    static_cast<void>(optionsOf(words, variables));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

#define EXPECT_SAYS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

const Variables OpenMpi{
    {"OMPI_COMM_WORLD_RANK", "3"}, {"OMPI_COMM_WORLD_SIZE", "4"}, {"OMPI_COMM_WORLD_LOCAL_SIZE", "2"}};
const Variables Slurm{{"SLURM_PROCID", "1"},
                      {"SLURM_NTASKS", "8"},
                      {"SLURM_JOB_ID", "4242"},
                      {"SLURM_STEP_ID", "0"},
                      {"SLURM_STEP_NODELIST", "node[003-007,9],login"},
                      {"SLURM_CPUS_PER_TASK", "6"}};

}  // namespace

TEST(RankOptions, areOneProcessByDefault) {
  const RankOptions options = optionsOf({});
  EXPECT_EQ(options.size, 1);
  EXPECT_EQ(options.rank, 0);
  EXPECT_EQ(options.timeout_s, 60);
}

TEST(RankOptions, areReadFromTheWords) {
  const RankOptions options =
      optionsOf(QStringLiteral("runs/a --rank 1 --world-size 2 --rendezvous 10.0.0.1:29500 --timeout 5 --threads 3"));
  EXPECT_EQ(options.rank, 1);
  EXPECT_EQ(options.size, 2);
  EXPECT_EQ(options.rendezvous.host, QStringLiteral("10.0.0.1"));
  EXPECT_EQ(options.rendezvous.port, 29500);
  EXPECT_EQ(options.timeout_s, 5);
  EXPECT_EQ(options.threads, 3);
}

TEST(RankOptions, takeHostsAndFilesToMeet) {
  EXPECT_EQ(rendezvousOf(QStringLiteral("[::1]:80"), {}).host, QStringLiteral("::1"));
  EXPECT_EQ(rendezvousOf(QStringLiteral("file:///shared/a b"), {}).file, QStringLiteral("/shared/a b"));
  EXPECT_EQ(rendezvousOf(QStringLiteral("node1:80"), {}).text(), QStringLiteral("node1:80"));
  for (const char *wrong : {"", "host", "host:", ":80", "host:0", "host:70000", "file://relative", "tcp://host:80"})
    EXPECT_THROW(static_cast<void>(rendezvousOf(QString::fromLatin1(wrong), QStringLiteral("--rendezvous"))), Error)
        << wrong;
}

TEST(RankOptions, areReadFromMpirun) {
  const RankOptions options = optionsOf(QStringLiteral("--rendezvous node1:29500"), OpenMpi);
  EXPECT_EQ(options.rank, 3);
  EXPECT_EQ(options.size, 4);
  EXPECT_EQ(options.onThisMachine, 2);
  EXPECT_EQ(optionsOf(QStringLiteral("--rendezvous node1:1"), {{"PMI_RANK", "1"}, {"PMI_SIZE", "2"}}).rank, 1);
}

TEST(RankOptions, areReadFromASlurmStep) {
  const RankOptions options = optionsOf({}, Slurm);
  EXPECT_EQ(options.rank, 1);
  EXPECT_EQ(options.size, 8);
  EXPECT_EQ(options.rendezvous.host, QStringLiteral("node003"));
  EXPECT_EQ(options.threads, 6);
  Variables nextStep = Slurm;
  nextStep["SLURM_STEP_ID"] = "1";
  EXPECT_NE(optionsOf({}, nextStep).rendezvous.port, options.rendezvous.port);
  Variables batchScript = Slurm;  // srun started nothing: one process
  for (const auto &[name, value] : Slurm)
    if (std::string(name) == "SLURM_STEP_NODELIST") batchScript.erase(name);
  EXPECT_EQ(optionsOf({}, batchScript).size, 1);
}

TEST(RankOptions, preferMpirunInsideASlurmStep) {
  Variables both = Slurm;
  both.insert(OpenMpi.begin(), OpenMpi.end());
  EXPECT_EQ(optionsOf(QStringLiteral("--rendezvous node1:29500"), both).rank, 3);
}

TEST(RankOptions, ofTheWordsWinOverTheEnvironment) {
  const RankOptions options = optionsOf(QStringLiteral("--rank 0 --world-size 2 --rendezvous h:1 --threads 2"), Slurm);
  EXPECT_EQ(options.rank, 0);
  EXPECT_EQ(options.size, 2);
  EXPECT_EQ(options.rendezvous.host, QStringLiteral("h"));
  EXPECT_EQ(options.threads, 2);
  EXPECT_EQ(optionsOf(QStringLiteral("--world-size 1"), Slurm).size, 1);
}

TEST(RankOptions, sayWhatIsMissing) {
  EXPECT_SAYS(errorOf(QStringLiteral("--rank 1")), "--rank: is given without the number of ranks; give --world-size N");
  EXPECT_SAYS(errorOf(QStringLiteral("--world-size 2")), "give --rank R, 0 to 1");
  EXPECT_SAYS(errorOf(QStringLiteral("--rank 1 --world-size 2")), "--rendezvous: is missing");
  EXPECT_SAYS(errorOf(QStringLiteral("--rendezvous h:1")), "without --rank and --world-size");
  EXPECT_SAYS(errorOf(QStringLiteral("--rank 2 --world-size 2 --rendezvous h:1")), "from 0 to 1");
  EXPECT_SAYS(errorOf(QStringLiteral("--timeout 0")), "--timeout");
  EXPECT_SAYS(errorOf({}, OpenMpi), "--rendezvous: is missing");
  EXPECT_SAYS(errorOf({}, {{"OMPI_COMM_WORLD_RANK", "0"}}), "OMPI_COMM_WORLD_RANK: is given without");
  EXPECT_SAYS(errorOf(QStringLiteral("--rendezvous h:1"), {{"PMI_RANK", "x"}, {"PMI_SIZE", "2"}}), "PMI_RANK: \"x\"");
}

TEST(RankOptions, takeTheFirstHostOfAList) {
  const std::map<const char *, const char *> hosts{{"node[003-007,9],login", "node003"},
                                                   {"login,node[1-2]", "login"},
                                                   {"a-b[7]", "a-b7"},
                                                   {"r[1-2]n[04,06]", "r1n04"},
                                                   {"", ""},
                                                   {"[", ""}};
  for (const auto &[list, first] : hosts)
    EXPECT_EQ(firstHost(QString::fromLatin1(list)), QString::fromLatin1(first)) << list;
}

TEST(RankOptions, shareTheCoresOfAMachine) {
  RankOptions options;
  EXPECT_EQ(threadsOf(options, 0, 8), 8);
  EXPECT_EQ(threadsOf(options, 3, 8), 3);
  options.onThisMachine = 4;
  EXPECT_EQ(threadsOf(options, 0, 8), 2);
  EXPECT_EQ(threadsOf(options, 0, 2), 1);
  options.threads = 5;
  EXPECT_EQ(threadsOf(options, 3, 8), 5);
}

}  // namespace pimento::learn
