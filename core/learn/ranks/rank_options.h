// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include "core/learn/command_words.h"

namespace pimento::learn {

// Where the ranks of a run find each other: a port of the machine of rank 0, or a file that all of them see.
struct Rendezvous {
  QString host;  // empty: a file
  int port = 0;
  QString file;  // absolute path
  [[nodiscard]] QString text() const;
};

// Which of the processes ("ranks") of one data-parallel run this one is. Plain data; one process by default.
struct RankOptions {
  int rank = 0;
  int size = 1;
  Rendezvous rendezvous;     // if size > 1
  QString networkInterface;  // to talk over; empty: the one that leads to rank 0
  int timeout_s = 60;        // a rank that is silent for so long is lost; ten times as long to start and read the data
  int threads = 0;           // of this rank; 0: the job's
  int onThisMachine = 1;     // ranks that share its cores, as far as is known
};

// The options --rank, --world-size, --rendezvous, --timeout and --threads of a command; what they leave open is read
// from the environment of mpirun (Open MPI, MPICH) or of a Slurm step. Throws Error naming the option or variable, with
// its remedy, for values out of range and for ranks that are half given.
[[nodiscard]] RankOptions rankOptionsOf(const CommandWords &words, const QProcessEnvironment &environment);
[[nodiscard]] QStringList rankOptionNames();

// "HOST:PORT", "[::1]:PORT" or "file:///PATH". Throws Error naming `place`.
[[nodiscard]] Rendezvous rendezvousOf(const QString &text, const QString &place);

// The first host of a list as Slurm writes it: "node[003-007,9],login" is "node003".
[[nodiscard]] QString firstHost(const QString &hosts);

// Threads of this rank: its own number, else the job's, else its share of the machine's cores.
[[nodiscard]] int threadsOf(const RankOptions &options, int job, int cores);

// So many threads, or one a core of this machine for 0. Throws Error naming the range if they are more than a machine
// of so many cores can bear.
[[nodiscard]] int bearableThreads(int threads, int cores, const QString &place);
[[nodiscard]] int coresHere();

}  // namespace pimento::learn
