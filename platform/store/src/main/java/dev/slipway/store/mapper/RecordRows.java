package dev.slipway.store.mapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.executor.resultset.ResultSetHandler;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows. MyBatis by itself compares every component with every column again for
 * every row, which was a sixth of the time of a request that reads a single one.
 */
final class RecordRows implements ResultSetHandler {
  private final RecordShape shape;

  RecordRows(RecordShape shape) {
    this.shape = shape;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <E> List<E> handleResultSets(Statement statement) throws SQLException {
    var rows = new ArrayList<E>();
    try (var result = first(statement)) {
      if (result == null) {
        return rows;
      }
      var columns = shape.columns(result.getMetaData());
      while (result.next()) {
        rows.add((E) shape.row(result, columns));
      }
    }
    return rows;
  }

  /** What comes before it, as of a SET that was sent along, has no rows. */
  private static @Nullable ResultSet first(Statement statement) throws SQLException {
    var result = statement.getResultSet();
    while (result == null) {
      if (!statement.getMoreResults() && statement.getUpdateCount() == -1) {
        return null;
      }
      result = statement.getResultSet();
    }
    return result;
  }

  @Override
  public <E> Cursor<E> handleCursorResultSets(Statement statement) {
    throw new UnsupportedOperationException("rows are read as a list");
  }

  @Override
  public void handleOutputParameters(java.sql.CallableStatement statement) {
    // Nothing here calls a procedure.
  }
}
