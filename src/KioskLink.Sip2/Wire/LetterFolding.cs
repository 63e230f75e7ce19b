namespace KioskLink.Sip2.Wire;

/// <summary>Latin letters without their marks, and punctuation as typewriters know it. A table, since programs run without culture data.</summary>
internal static class LetterFolding
{
    public const string Unknown = "?";
    public const int Longest = 3;

    // One word for each character from the first on; letters of two signs where typewriters write two.
    private const char FirstLatin1 = '\u00A0', FirstExtended = '\u0100', FirstPunctuation = '\u2010', FirstCombining = '\u0300', LastCombining = '\u036F';

    private static readonly string[] Latin1 = Words(
        "_ ! c L ? Y | S \" (c) a << - - (r) - o +- 2 3 ' u P . , 1 o >> 1/4 1/2 3/4 ? "
        + "A A A A A A AE C E E E E I I I I D N O O O O O x O U U U U Y Th ss "
        + "a a a a a a ae c e e e e i i i i d n o o o o o / o u u u u y th y");

    private static readonly string[] Extended = Words(
        "A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g G g G g H h H h I i I i I i I i I i IJ ij J j K k q L l L l L l L l L l "
        + "N n N n N n n N n O o O o O o OE oe R r R r R r S s S s S s S s T t T t T t U u U u U u U u U u U u W w Y y Y Z z Z z Z z s");

    private static readonly string[] Punctuation = Words("- - - - - - | _ ' ' , ' \" \" \" \" + + * * . .. ...");

    public static string Of(char letter) => letter switch
    {
        >= FirstCombining and <= LastCombining => "",
        >= FirstLatin1 when In(Latin1, letter - FirstLatin1) is { } word => word,
        >= FirstExtended when In(Extended, letter - FirstExtended) is { } word => word,
        >= FirstPunctuation when In(Punctuation, letter - FirstPunctuation) is { } word => word,
        '\u20AC' => "EUR",
        _ => Unknown,
    };

    private static string? In(string[] table, int index) => index >= 0 && index < table.Length ? table[index] : null;

    // An underscore stands for a blank, which separates the words.
    private static string[] Words(string table) => [.. table.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "_" ? " " : word)];
}
