package dev.slipway.store.mapper;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** Enums as the lower-case text that the wire shows too. */
public final class LowerCaseEnums<E extends Enum<E>> extends BaseTypeHandler<E> {
  private final Class<E> type;

  /** Called by MyBatis with the enum's class. */
  public LowerCaseEnums(Class<E> type) {
    this.type = type;
  }

  @Override
  public void setNonNullParameter(PreparedStatement statement, int index, E value, JdbcType jdbc)
      throws SQLException {
    statement.setString(index, value.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public @Nullable E getNullableResult(ResultSet row, String column) throws SQLException {
    return parse(row.getString(column));
  }

  @Override
  public @Nullable E getNullableResult(ResultSet row, int column) throws SQLException {
    return parse(row.getString(column));
  }

  @Override
  public @Nullable E getNullableResult(CallableStatement call, int column) throws SQLException {
    return parse(call.getString(column));
  }

  private @Nullable E parse(@Nullable String text) {
    return text == null ? null : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }
}
