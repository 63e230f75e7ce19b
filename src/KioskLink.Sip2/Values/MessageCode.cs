namespace KioskLink.Sip2;

/// <summary>The two digits that begin a message (SIP2 2.00). Other numbers may come from a wire; they name no message.</summary>
public enum MessageCode
{
    /// <summary>01: a machine has kept a card, or asks to block it.</summary>
    BlockPatron = 1,

    /// <summary>09: an item comes back.</summary>
    Checkin = 9,

    /// <summary>10: the answer to <see cref="Checkin"/>.</summary>
    CheckinResponse = 10,

    /// <summary>11: an item goes out.</summary>
    Checkout = 11,

    /// <summary>12: the answer to <see cref="Checkout"/>.</summary>
    CheckoutResponse = 12,

    /// <summary>15: a hold is placed, changed or cancelled.</summary>
    Hold = 15,

    /// <summary>16: the answer to <see cref="Hold"/>.</summary>
    HoldResponse = 16,

    /// <summary>17: what is known of an item.</summary>
    ItemInformation = 17,

    /// <summary>18: the answer to <see cref="ItemInformation"/>.</summary>
    ItemInformationResponse = 18,

    /// <summary>19: properties of an item, such as its weight.</summary>
    ItemStatusUpdate = 19,

    /// <summary>20: the answer to <see cref="ItemStatusUpdate"/>.</summary>
    ItemStatusUpdateResponse = 20,

    /// <summary>23: whether a patron may borrow.</summary>
    PatronStatus = 23,

    /// <summary>24: the answer to <see cref="PatronStatus"/> and <see cref="BlockPatron"/>.</summary>
    PatronStatusResponse = 24,

    /// <summary>25: a blocked card shall be good again.</summary>
    PatronEnable = 25,

    /// <summary>26: the answer to <see cref="PatronEnable"/>.</summary>
    PatronEnableResponse = 26,

    /// <summary>29: a loan is renewed.</summary>
    Renew = 29,

    /// <summary>30: the answer to <see cref="Renew"/>.</summary>
    RenewResponse = 30,

    /// <summary>35: a patron has left the machine.</summary>
    EndSession = 35,

    /// <summary>36: the answer to <see cref="EndSession"/>.</summary>
    EndSessionResponse = 36,

    /// <summary>37: a fee was paid.</summary>
    FeePaid = 37,

    /// <summary>38: the answer to <see cref="FeePaid"/>.</summary>
    FeePaidResponse = 38,

    /// <summary>63: a patron's status, counts and lists.</summary>
    PatronInformation = 63,

    /// <summary>64: the answer to <see cref="PatronInformation"/>.</summary>
    PatronInformationResponse = 64,

    /// <summary>65: all loans are renewed.</summary>
    RenewAll = 65,

    /// <summary>66: the answer to <see cref="RenewAll"/>.</summary>
    RenewAllResponse = 66,

    /// <summary>93: a machine logs in.</summary>
    Login = 93,

    /// <summary>94: the answer to <see cref="Login"/>.</summary>
    LoginResponse = 94,

    /// <summary>96: the library system asks for the last request again.</summary>
    ResendRequest = 96,

    /// <summary>97: the machine asks for the last answer again.</summary>
    ResendResponse = 97,

    /// <summary>98: what the library system can do now.</summary>
    AcsStatus = 98,

    /// <summary>99: how the machine is.</summary>
    ScStatus = 99,
}
