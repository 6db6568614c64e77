package com.example.specimen;

import org.apache.ibatis.annotations.Select;

/** Statements on what is not its own. */
public interface CuriousMapper {
  /** How many users there are. */
  @Select("select count(*) from accounts_user")
  long users();
}
