package io.celonamdm.platform;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.celonamdm.esim.SmdpAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** The QR code of an activation code (SGP.22, 4.1), as PNG. */
public final class QrCode {
    private static final int PIXELS = 370;
    private static final int QUIET_MODULES = 4;

    private QrCode() {}

    /** The code with its quiet zone, 370 pixels wide. */
    public static byte[] of(SmdpAddress address) throws IOException {
        try {
            BitMatrix modules = new QRCodeWriter()
                    .encode(
                            address.activationCode(),
                            BarcodeFormat.QR_CODE,
                            PIXELS,
                            PIXELS,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.MARGIN,
                                    QUIET_MODULES));
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            MatrixToImageWriter.writeToStream(modules, "PNG", png);
            return png.toByteArray();
        } catch (WriterException e) {
            throw new IOException("no QR code can say " + address.activationCode(), e);
        }
    }
}
