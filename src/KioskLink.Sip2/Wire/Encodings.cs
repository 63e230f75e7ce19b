using System.Text;

namespace KioskLink.Sip2.Wire;

/// <summary>The encodings of SIP2. None throws: bytes that mean nothing read as U+FFFD, letters that an encoding lacks are written without their marks.</summary>
internal static class Encodings
{
    private static readonly Encoding[] All =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false),
        Folding(Encoding.Latin1),
        Folding(CodePagesEncodingProvider.Instance.GetEncoding(1252)!),
        Folding(CodePagesEncodingProvider.Instance.GetEncoding(850)!),
        Folding(Encoding.ASCII),
    ];

    public static Encoding Of(TextEncoding encoding) => All[(int)encoding];

    private static Encoding Folding(Encoding encoding)
    {
        var folding = (Encoding)encoding.Clone();
        folding.EncoderFallback = new FoldingFallback();
        folding.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
        return folding;
    }
}
