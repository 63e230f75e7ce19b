using KioskLink.Protos.Register.V1;
using KioskLink.Sip2.Circulation;
using DeviceRole = KioskLink.Protos.Register.V1.DeviceRole;

namespace KioskLink.Circulation.Answers;

/// <summary>Withdraws an act that a machine is told no about. Pure.</summary>
internal static class WithdrawMessage
{
    private const int LongestItem = 64;

    /// <summary>The request to the register.</summary>
    public static WithdrawActRequest Ask(Question question, string login, string act) => new()
    {
        Act = new Act { TransactionId = act, DeviceId = login, DeviceRole = DeviceRole.SelfCheck },
        ItemId = ItemOf(question),
    };

    /// <summary>The item of an act; empty where it names none that can be one.</summary>
    public static string ItemOf(Question question) => Named(question) is { Length: <= LongestItem } item && !item.Any(char.IsControl) ? item : "";

    /// <summary>Whether an answer says of an act that it was not done; never of a mere question.</summary>
    public static bool IsNo(object answer) => answer is
        LoanAnswer { Done: false } or ReturnAnswer { Done: false } or RenewAllAnswer { Done: false } or HoldAnswer { Done: false } or FeeAnswer { Done: false };

    private static string? Named(Question question) => question switch
    {
        CheckoutQuestion asked => asked.Item,
        CheckinQuestion asked => asked.Item,
        RenewQuestion asked => asked.Item,
        HoldQuestion asked => asked.Item,
        _ => "",
    };
}
