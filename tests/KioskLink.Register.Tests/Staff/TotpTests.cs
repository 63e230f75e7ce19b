using System.Text;
using KioskLink.Register.Staff;

namespace KioskLink.Register.Tests.Staff;

/// <summary>Codes are those of every authenticator app: the vectors of RFC 6238, appendix B, and RFC 4648.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void A_code_is_the_standard_s(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void A_secret_is_written_in_base32(string text, string expected) => Assert.Equal(expected, Totp.Base32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_code_counts_a_step_early_and_late_and_only_once()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var step = Totp.StepAt(now);

        Assert.Equal(step - 1, Totp.Check(Secret, Totp.Code(Secret, step - 1), now, 0));
        Assert.Equal(step, Totp.Check(Secret, Totp.Code(Secret, step), now, step - 1));
        Assert.Equal(step + 1, Totp.Check(Secret, Totp.Code(Secret, step + 1), now, step));
        Assert.Null(Totp.Check(Secret, Totp.Code(Secret, step), now, step));
        Assert.Null(Totp.Check(Secret, Totp.Code(Secret, step - 2), now, 0));
        Assert.Null(Totp.Check(Secret, Totp.Code(Secret, step + 2), now, 0));
        Assert.Null(Totp.Check(Secret, "", now, 0));
    }
}
