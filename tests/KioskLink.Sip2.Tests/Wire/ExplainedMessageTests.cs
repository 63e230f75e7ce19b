using System.Text;
using KioskLink.Sip2.Transcript;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Wire;

/// <summary>Masked messages in words.</summary>
public sealed class ExplainedMessageTests
{
    [Fact]
    public void A_loan_is_told_field_by_field()
    {
        var told = Explain("121NNY20261121    233000AOKIRJ|AA2990000001|ABI1|AJSeitsemän veljestä|AH20261219    235900|CK001|AY3AZ0000");

        Assert.Equal((MessageCode.CheckoutResponse, "answer to the loan"), (told.Code, told.Name));
        Assert.Equal(("1", "yes"), Value(told, "done"));
        Assert.Equal(("Y", "yes"), Value(told, "security-off"));
        Assert.Equal(("20261121    233000", "2026-11-21 23:30:00"), Value(told, "time"));
        Assert.Equal(("20261219    235900", "2026-12-19 23:59:00"), Value(told, "AH"));
        Assert.Equal(("001", "book"), Value(told, "CK"));
        Assert.StartsWith("3 (check ", told.Check, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patrons_flags_language_and_counts_are_words()
    {
        var told = Explain("64YYYY          00720261121    233000000100020003000000000000AOKIRJ|AA2990000001|AEVille|BLY|CQN|");

        Assert.Equal("charge denied, renewal denied, recall denied, hold denied", Value(told, "standing").Meaning);
        Assert.Equal("finnish", Value(told, "language").Meaning);
        Assert.Equal(("0003", "3"), Value(told, "on-loan"));
        Assert.Equal(("***", ""), Value(told, "AE"));
        Assert.Equal(("N", "no"), Value(told, "CQ"));
    }

    [Fact]
    public void The_words_of_fixed_parts_are_as_wide_as_the_wire() =>
        Assert.All(Enum.GetValues<MessageCode>(), code =>
        {
            var message = $"{(int)code:00}{new string('0', 80)}ABx|";
            FixedParts.Split(Read(message), out var fixedPart, out _, out _);
            Assert.Equal(fixedPart.Length, FixedWords.LengthOf(code));
        });

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("(12 bytes that are no message)")]
    [InlineData("64")]
    [InlineData("12|||")]
    [InlineData("98YN")]
    [InlineData("77ABx|ZZ|")]
    [InlineData("121NNYAOKIRJ|")]
    public void What_is_cut_or_strange_is_told_as_far_as_it_goes(string line) => Assert.NotNull(ExplainedMessage.Of(line).Name);

    private static (string Value, string Meaning) Value(ExplainedMessage told, string key) => told.Find(key) is { } field ? (field.Value, field.Meaning) : ("", "");

    private static ExplainedMessage Explain(string message) => ExplainedMessage.Of(new MaskedTranscript(CardMask.SameWord).Line(Encoding.UTF8.GetBytes(message), TextEncoding.Utf8));

    private static Frame Read(string message)
    {
        Assert.Equal(FrameProblem.None, Frame.Read(Encoding.ASCII.GetBytes(message), new WireLimits(), out var frame));
        return frame;
    }
}
