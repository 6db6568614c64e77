package dev.slipway.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under headings, each column as wide as its widest cell. */
public final class Table {
  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean headed;

  public Table(String... headings) {
    headed = headings.length > 0;
    if (headed) {
      rows.add(List.of(headings));
    }
  }

  /** Cells of a missing value show as a dash. */
  public Table row(@Nullable Object... cells) {
    var row = new ArrayList<String>(cells.length);
    for (var cell : cells) {
      var text = cell == null ? "" : cell.toString();
      row.add(text.isEmpty() ? "-" : text);
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.size() == (headed ? 1 : 0);
  }

  public List<String> lines() {
    var widths = widths();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private List<Integer> widths() {
    var widths = new ArrayList<Integer>();
    for (var row : rows) {
      for (var i = 0; i < row.size(); i++) {
        var width = SafeText.width(row.get(i));
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    return widths;
  }

  private static String line(List<String> row, List<Integer> widths) {
    var line = new StringBuilder();
    for (var i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) {
        line.append(" ".repeat(widths.get(i) - SafeText.width(row.get(i)) + GAP));
      }
    }
    return line.toString();
  }
}
