package dev.slipway.store.mapper;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;

/** Stands where MyBatis wants a data source; connections come from the unit of work alone. */
final class NoDataSource extends UnpooledDataSource {
  @Override
  public Connection getConnection() throws SQLException {
    throw new SQLException("connections come from the unit of work");
  }
}
