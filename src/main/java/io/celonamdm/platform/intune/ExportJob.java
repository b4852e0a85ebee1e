package io.celonamdm.platform.intune;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A report export: requested, then polled, then read. */
public final class ExportJob {
    private final Instant deadline;
    private final long pollMillis;
    private final Systems systems = new Systems();
    private String id = "";
    private @Nullable URI file;
    private @Nullable ExportRows rows;

    private boolean reading;

    ExportJob(Instant deadline, long pollMillis) {
        this.deadline = deadline;
        this.pollMillis = pollMillis;
    }

    /** Whether the report is not finished. */
    public boolean isRunning() {
        return file == null;
    }

    /** The delay before the next poll, in milliseconds. */
    public long getPause() {
        return pollMillis;
    }

    /** The path of the job. */
    public String getPath() {
        return IntuneExport.JOBS + "/" + Graph.encoded(id);
    }

    /** The host of the report's file. */
    public String getFileHost() {
        URI there = finished();
        return there.getScheme() + "://" + there.getAuthority();
    }

    /** The path of the report's file, encoded. */
    public String getFilePath() {
        return finished().getRawPath();
    }

    /** The query of the report's file, encoded: its signature is the only authorization that the call needs. */
    public String getFileQuery() {
        String query = finished().getRawQuery();
        return query == null ? "" : query;
    }

    /** Whether unread rows may remain. Does not read any, because a route's condition hides exceptions. */
    public boolean isReading() {
        return reading;
    }

    void started(String jobId) {
        id = jobId;
    }

    void finished(URI there) {
        file = there;
    }

    void reads(ExportRows found) {
        rows = found;
        reading = true;
    }

    void readToItsEnd() {
        reading = false;
    }

    ExportRows rows() {
        if (rows == null) {
            throw new IllegalStateException("the report was not opened");
        }
        return rows;
    }

    Systems systems() {
        return systems;
    }

    boolean isLate(Instant now) {
        return now.isAfter(deadline);
    }

    private URI finished() {
        if (file == null) {
            throw new IllegalStateException("the report is not finished");
        }
        return file;
    }
}
