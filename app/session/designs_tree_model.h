// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractItemModel>
#include <optional>
#include <unordered_map>

#include "app/session/design_settings.h"
#include "core/explore/design_groups.h"

namespace pimento {

class Session;

// The designs of the session's view as a tree: network → variant → a row for each data set, training and platform.
class DesignsTreeModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  explicit DesignsTreeModel(Session &session, QObject *parent = nullptr);

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
  [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex &at, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  // The design a node stands for: a row's own, a variant's if it has but one.
  [[nodiscard]] std::optional<std::uint32_t> designRow(const QModelIndex &at) const;
  [[nodiscard]] QModelIndex indexOf(std::uint32_t designRow) const;

 private:
  using Variant = DesignGroups::Variant;
  void reload();
  [[nodiscard]] QString text(const QModelIndex &at) const;
  [[nodiscard]] const DesignSettings &settingsAt(const QModelIndex &row) const;  // of the variant of a row
  [[nodiscard]] const Variant &variantAt(const QModelIndex &at) const;           // of a variant or of a row below it

  Session &m_session;
  DesignGroups m_groups;
  mutable std::unordered_map<std::size_t, DesignSettings> m_settings;  // of variants that were looked at
};

}  // namespace pimento
