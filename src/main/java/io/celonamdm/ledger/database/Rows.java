package io.celonamdm.ledger.database;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the columns that many tables share, and columns that may be empty. */
public final class Rows {
    private Rows() {}

    public static SyncName sync(ResultSet row) throws SQLException {
        return new SyncName(row.getString("sync"));
    }

    public static Eid eid(ResultSet row) throws SQLException {
        return new Eid(row.getString("eid"));
    }

    public static Step step(ResultSet row) throws SQLException {
        return word(row, "step", Step.class);
    }

    /** Reads place and step of a device; one without a step repeats its place there. */
    public static Position position(ResultSet row) throws SQLException {
        String step = row.getString("step");
        return Position.read(place(row).name(), step).orElseThrow(() -> new UnknownWord("step", step));
    }

    /** Whether a device has a place, step or code that does not exist, or they do not fit together, as after a manual change. */
    public static boolean contradictsItself(ResultSet row) throws SQLException {
        String code = row.getString("code");
        return Position.read(row.getString("place"), row.getString("step")).isEmpty()
                || !(code == null || known(code, ReasonCode.class).isPresent());
    }

    public static Place place(ResultSet row) throws SQLException {
        return word(row, "place", Place.class);
    }

    /** The code; {@code OTHER} for one that this version does not know, null if the column is. */
    public static @Nullable ReasonCode code(ResultSet row) throws SQLException {
        return optional(row, "code", Rows::code);
    }

    /** The code of this name; {@code OTHER} if this version does not know it. */
    public static ReasonCode code(String name) {
        return known(name, ReasonCode.class).orElse(ReasonCode.OTHER);
    }

    /** A text about a code, which says the code's name if this version does not know it. */
    public static String text(String code, String text) {
        return known(code, ReasonCode.class).isPresent() ? text : code + ": " + text;
    }

    /**
     * The word in a column.
     *
     * @throws UnknownWord if it is none of them
     */
    public static <E extends Enum<E>> E word(ResultSet row, String column, Class<E> words) throws SQLException {
        String name = String.valueOf(row.getString(column));
        return known(name, words).orElseThrow(() -> new UnknownWord(column, name));
    }

    /** The word of this name; empty if this version does not know it. */
    public static <E extends Enum<E>> Optional<E> known(@Nullable String name, Class<E> words) {
        return Stream.of(words.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /** The id of the run; null if there is none. */
    public static @Nullable Long run(ResultSet row) throws SQLException {
        return row.getObject("run_id", Long.class);
    }

    /** The inventory record. */
    public static MdmDevice mdm(ResultSet row) throws SQLException {
        return Json.read(row.getString("record"), MdmDevice.class);
    }

    /** Reads a text column and converts it; null if the column is null. */
    public static <T> @Nullable T optional(ResultSet row, String column, Function<String, T> type) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : type.apply(text);
    }
}
