using System.Text;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Wire;

public sealed class VectorTests
{
    // Every field that SIP2 gives a message, in its order, made by hand.
    private const string Time = "20261121    233000", Due = "20261219    235900";

    public static string[] Whole { get; } =
    [
        $"01Y{Time}AOKIRJ|ALleft in reader|AA12345|ACterm|",
        $"09N{Time}{Due}APHALL|AOKIRJ|ABITEM1|ACterm|CHweight 300|BIY|",
        $"101YUY{Time}AOKIRJ|ABITEM1|AQMAIN|AJSeven Brothers|CL2|AA12345|CK001|CHweight 300|CR1|CS84.2|CTEAST|CV02|AFPlease wait|AGReceipt|",
        $"11YN{Time}{Due}AOKIRJ|AA12345|ABITEM1|ACterm|CHweight 300|AD1234|BOY|BIN|",
        $"121YNY{Time}AOKIRJ|AA12345|ABITEM1|AJSeven Brothers|AH{Due}|BT06|CIN|BHEUR|BV1.50|CK001|CHweight 300|BKtx-1|AFThanks|AFAgain|AGReceipt|",
        $"15-{Time}BW{Due}|BSMAIN|BY2|AOKIRJ|AA12345|AD1234|ABITEM1|AJ998877|ACterm|BOY|",
        $"161Y{Time}BW{Due}|BR3|BSMAIN|AOKIRJ|AA12345|ABITEM1|AJ998877|AFHeld|AGReceipt|",
        $"17{Time}AOKIRJ|ABITEM1|ACterm|",
        $"18080204{Time}CF2|AH{Due}|CJ{Time}|CM{Due}|ABITEM1|AJSeven Brothers|BGMain library|BHEUR|BV0.50|CK006|AQMAIN|APEAST|CHweight 300|AFHeld|AGReceipt|",
        $"19{Time}AOKIRJ|ABITEM1|ACterm|CHweight 300|",
        $"201{Time}ABITEM1|AJSeven Brothers|CHweight 300|AFKept|AGReceipt|",
        $"23007{Time}AOKIRJ|AA12345|ACterm|AD1234|",
        $"24Y Y Y Y Y Y Y 007{Time}AOKIRJ|AA12345|AEVirtanen Ville|BLY|CQN|BHEUR|BV12.00|AFHei|AGReceipt|",
        $"25{Time}AOKIRJ|AA12345|ACterm|AD1234|",
        $"26 Y Y Y Y Y Y Y001{Time}AOKIRJ|AA12345|AEVirtanen Ville|BLY|CQY|AFHello|AGReceipt|",
        $"29YY{Time}{Due}AOKIRJ|AA12345|AD1234|ABITEM1|AJ998877|ACterm|CHweight 300|BOY|",
        $"300NUN{Time}AOKIRJ|AA12345|ABITEM1|AJSeven Brothers|AH|BT04|CIY|BHEUR|BV0.20|CK002|CHweight 300|BKtx-2|AFReserved|AGReceipt|",
        $"35{Time}AOKIRJ|AA12345|ACterm|AD1234|",
        $"36Y{Time}AOKIRJ|AA12345|AFBye|AGReceipt|",
        $"37{Time}0402EURBV12.50|AOKIRJ|AA12345|ACterm|AD1234|CGfee-9|BKtx-1|",
        $"38N{Time}AOKIRJ|AA12345|BKtx-1|AFNo such fee|AGReceipt|",
        $"63006{Time}     Y    AOKIRJ|AA12345|ACterm|AD1234|BP1|BQ20|",
        $"64 Y            006{Time}000200010003000000000001AOKIRJ|AA12345|AEVirtanen Ville|BZ0010|CA0003|CB0100|BLY|CQY|BHEUR|BV1.00|CC20.00|ASI1|ASI2|ATI3|AUI4|AVI5|BUI6|CDI7"
            + "|BDKatu 1|BEville@example.org|BF040 123|PA1|PB19800101|PCadult|AFHej|AGReceipt|",
        $"65{Time}AOKIRJ|AA12345|AD1234|ACterm|BOY|",
        $"6610002    {Time}AOKIRJ|BMI1|BMI2|BNI3|AFDone|AGReceipt|",
        "9300CNkiosk1|COs3cret|CPHALL|",
        "941",
        "96",
        "97",
        $"98YNYNYN100003{Time}2.00AOKIRJ|AMKirjasto|BXYNYNYNYNYNYNYNYN|ANHall|AFNews|AGReceipt|",
        "9920401.00",
    ];

    public static TheoryData<string> WholeMessages => new(Whole);

    /// <summary>Those whose fields each stand once.</summary>
    public static TheoryData<string> WithFields => new(Whole.Where(line => Parts(line).Fields is { Length: > 0 } fields && fields.DistinctBy(part => part[..2]).Count() == fields.Length));

    [Fact]
    public void Every_vector_is_written_as_it_was_read()
    {
        var vectors = Lines.Vectors.ToList();
        Assert.Equal(34, vectors.Count);
        Assert.All(vectors, vector =>
        {
            var bytes = Encoding.ASCII.GetBytes(vector.Line);
            Assert.All(Enum.GetValues<TextEncoding>(), encoding =>
            {
                Assert.Equal([.. bytes, 0x0D], Lines.Again(bytes, new WireStyle(encoding)));
                Assert.Equal([.. bytes, 0x0D, 0x0A], Lines.Again(bytes, new WireStyle(encoding, Terminator.CrLf)));
            });
        });
    }

    [Fact]
    public void Every_vector_has_the_right_check() => Assert.All(Lines.Vectors, vector =>
    {
        Assert.Equal(FrameProblem.None, Frame.Read(Encoding.ASCII.GetBytes(vector.Line), new WireLimits(), out var frame));
        Assert.Equal(FrameCheck.Right, frame.Check);
    });

    [Theory]
    [MemberData(nameof(WholeMessages))]
    public void A_message_with_every_field_is_written_as_it_was_read(string line) =>
        Assert.Equal(line, Lines.Write(Lines.Read(Encoding.ASCII.GetBytes(line))!));

    [Fact]
    public void Every_message_of_SIP2_has_a_vector_with_every_field()
    {
        var codes = Whole.Select(line => (MessageCode)int.Parse(line[..2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Enum.GetValues<MessageCode>(), codes.Order());
    }

    [Theory]
    [MemberData(nameof(WithFields))]
    public void Fields_in_any_order_say_the_same(string line)
    {
        var (start, fields) = Parts(line);
        var turned = start + string.Concat(fields.Reverse().Select(field => field + "|"));
        var message = Lines.Read(Encoding.ASCII.GetBytes(turned))!;
        Assert.Equal(line, Lines.Write(message with { Extra = [.. message.Extra.OrderBy(field => field.Id, StringComparer.Ordinal)] }));
    }

    [Theory]
    [InlineData("", "AC|AD|")]
    [InlineData("ACterm|", "ACterm|AD|")]
    [InlineData("AD1234|", "AC|AD1234|")]
    public void A_patron_status_always_writes_password_and_PIN_which_library_systems_require(string given, string written) =>
        Assert.Equal($"23007{Time}AOKIRJ|AA12345|{written}", Lines.Write(Lines.Read(Encoding.ASCII.GetBytes($"23007{Time}AOKIRJ|AA12345|{given}"))!));

    [Theory]
    [InlineData("98YNYNYN100003", "98")]
    [InlineData("6", "")]
    [InlineData("", "")]
    public void A_message_that_breaks_off_reads_as_far_as_it_goes(string line, string code) =>
        Assert.Equal(code, Lines.Read(Encoding.ASCII.GetBytes(line)) is { } read ? ((int)read.Code).ToString(System.Globalization.CultureInfo.InvariantCulture) : "");

    // The first field of every message with one is AO, AP, BV, BW, CF, CN or AB.
    private static (string Start, string[] Fields) Parts(string line)
    {
        var at = new[] { "AOKIRJ", "APHALL", "BV12", "BW2026", "CF2", "CNkiosk", "ABITEM" }.Select(field => line.IndexOf(field, StringComparison.Ordinal)).Where(at => at > 0)
            .DefaultIfEmpty(line.Length).Min();
        return (line[..at], line[at..].Split('|', StringSplitOptions.RemoveEmptyEntries));
    }
}
