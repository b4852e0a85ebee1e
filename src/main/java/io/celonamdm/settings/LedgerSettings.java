package io.celonamdm.settings;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the ledger is kept, unless it is on PostgreSQL ({@code spring.datasource.url}).
 *
 * @param folder the folder of the ledger's file and its backups, which nothing else is in; a relative one is below the
 *     working directory
 */
public record LedgerSettings(
        @DefaultValue("./data") @NotBlank @Pattern(regexp = "[^;]*", message = "must have no semicolon in it")
        String folder) {}
