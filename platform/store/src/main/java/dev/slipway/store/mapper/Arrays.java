package dev.slipway.store.mapper;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** Array parameters and columns, for {@code = any(#{ids})}. */
final class Arrays<T> extends BaseTypeHandler<T[]> {
  private final String element;

  Arrays(String element) {
    this.element = element;
  }

  @Override
  public void setParameter(
      PreparedStatement statement, int index, T @Nullable [] value, @Nullable JdbcType jdbc)
      throws SQLException {
    statement.setArray(
        index, value == null ? null : statement.getConnection().createArrayOf(element, value));
  }

  @Override
  public void setNonNullParameter(PreparedStatement statement, int index, T[] value, JdbcType jdbc)
      throws SQLException {
    setParameter(statement, index, value, jdbc);
  }

  @Override
  public T @Nullable [] getNullableResult(ResultSet row, String column) throws SQLException {
    return values(row.getArray(column));
  }

  @Override
  public T @Nullable [] getNullableResult(ResultSet row, int column) throws SQLException {
    return values(row.getArray(column));
  }

  @Override
  public T @Nullable [] getNullableResult(CallableStatement call, int column) throws SQLException {
    return values(call.getArray(column));
  }

  @SuppressWarnings("unchecked")
  private T @Nullable [] values(java.sql.@Nullable Array array) throws SQLException {
    return array == null ? null : (T[]) array.getArray();
  }
}
