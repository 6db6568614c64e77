package dev.slipway.store.mapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.store.json.JsonMappers;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** Lists and maps as {@code jsonb}. */
final class JsonColumns<T> extends BaseTypeHandler<T> {
  private final Class<T> type;

  JsonColumns(Class<T> type) {
    this.type = type;
  }

  @Override
  public void setParameter(
      PreparedStatement statement, int index, @Nullable T value, @Nullable JdbcType jdbc)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.OTHER);
      return;
    }
    try {
      statement.setObject(index, JsonMappers.PLATFORM.writeValueAsString(value), Types.OTHER);
    } catch (JsonProcessingException failure) {
      throw new SQLException("value can not be written as JSON", failure);
    }
  }

  @Override
  public void setNonNullParameter(PreparedStatement statement, int index, T value, JdbcType jdbc)
      throws SQLException {
    setParameter(statement, index, value, jdbc);
  }

  @Override
  public @Nullable T getNullableResult(ResultSet row, String column) throws SQLException {
    return parse(row.getString(column));
  }

  @Override
  public @Nullable T getNullableResult(ResultSet row, int column) throws SQLException {
    return parse(row.getString(column));
  }

  @Override
  public @Nullable T getNullableResult(CallableStatement call, int column) throws SQLException {
    return parse(call.getString(column));
  }

  private @Nullable T parse(@Nullable String json) throws SQLException {
    try {
      return json == null ? null : JsonMappers.PLATFORM.readValue(json, type);
    } catch (JsonProcessingException failure) {
      throw new SQLException("column holds no " + type.getSimpleName(), failure);
    }
  }
}
