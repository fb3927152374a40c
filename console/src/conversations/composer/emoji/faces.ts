/** A line each: the emoji, what it is called in Vietnamese (other words after commas), then in English. */
export const FACES = `
😀 cười tươi, vui | grin, happy
😃 cười toe, vui vẻ | smile, joy
😄 cười híp mắt, vui | laughing eyes, happy
😁 cười nhe răng | beaming, teeth
😆 cười nhắm mắt, haha | laugh, haha
😅 cười đổ mồ hôi, may quá | sweat smile, phew
😂 cười ra nước mắt, buồn cười | tears of joy, lol
🤣 cười lăn, buồn cười quá | rolling on the floor, rofl
🙂 mỉm cười, nhẹ nhàng | slight smile
🙃 mặt lộn ngược, đùa | upside down, silly
😉 nháy mắt | wink
😊 cười ngại, dễ thương, dạ | blush, warm smile
😇 thiên thần, ngoan | angel, innocent
🥰 yêu quá, thương | in love, hearts
😍 mê, mắt tim, đẹp quá | heart eyes, love it
🤩 mắt sao, tuyệt vời | star eyes, amazed
😘 hôn gió, thơm | kiss, blow a kiss
😗 chu môi | kissing
😚 hôn nhắm mắt | kiss, closed eyes
😋 ngon, thèm, liếm môi | yummy, delicious
😛 lè lưỡi | tongue out
😜 lè lưỡi nháy mắt, trêu | wink tongue, tease
🤪 nhí nhố, điên | zany, goofy
😝 lè lưỡi nhắm mắt | squint tongue
🤑 mê tiền, tiền | money face
🤗 ôm | hug
🤭 che miệng cười, úi | hand over mouth, oops
🤫 suỵt, im lặng, bí mật | hush, secret
🤔 suy nghĩ, để xem | thinking, hmm
🤐 khóa miệng | zipper mouth
🤨 nhướng mày, nghi ngờ | raised eyebrow, doubt
😐 mặt đơ, bình thường | neutral
😑 cạn lời | expressionless
😶 không nói | no mouth, silent
😏 cười nhếch, đắc ý | smirk
😒 chán, không hài lòng | unamused
🙄 đảo mắt, ngán | eye roll
😬 nhăn mặt, ái ngại | grimace, awkward
😌 nhẹ nhõm, yên tâm | relieved
😔 buồn, trầm tư | pensive, sad
😪 buồn ngủ | sleepy
🤤 thèm nhỏ dãi | drooling
😴 ngủ, khò | sleeping, zzz
😷 đeo khẩu trang, ốm | mask, sick
🤒 sốt, ốm | fever, ill
🤕 bị thương, đau đầu | hurt, bandage
🤢 buồn nôn | nauseated
🤧 hắt hơi, cảm cúm | sneeze, cold
🥵 nóng quá | hot, heat
🥶 lạnh quá, rét | cold, freezing
🥴 choáng, say | woozy
😵 chóng mặt | dizzy
🤯 nổ đầu, sốc | mind blown, shock
🤠 cao bồi | cowboy
🥳 ăn mừng, tiệc, chúc mừng | party, celebrate
😎 ngầu, kính râm | cool, sunglasses
🤓 mọt sách, chăm học | nerd
🧐 soi kỹ, xem kỹ | monocle, inspect
😕 bối rối | confused
😟 lo lắng | worried
🙁 hơi buồn | frown
😮 ngạc nhiên, ồ | surprised, wow
😲 sửng sốt | astonished
😳 đỏ mặt, ngượng | flushed, embarrassed
🥺 năn nỉ, xin | pleading, please
😦 há hốc | open mouth, frown
😨 sợ | fearful
😰 lo toát mồ hôi | anxious sweat
😥 tiếc, buồn nhưng đỡ | sad but relieved
😢 khóc, buồn | cry, sad
😭 khóc to, òa khóc | sob, crying loudly
😱 hoảng sợ, trời ơi | scream, shock
😖 khổ sở | confounded
😣 cố chịu | persevering
😞 thất vọng | disappointed
😓 mồ hôi, mệt | downcast, sweat
😩 mệt mỏi | weary
😫 kiệt sức | tired
🥱 ngáp, buồn ngủ | yawn
😤 bực, hừ | huff, frustrated
😡 tức giận | angry, mad
😠 giận | annoyed, angry
🤬 chửi thề | swearing
😈 quỷ cười, tinh quái | devil smile
💀 đầu lâu | skull
💩 bãi phân | poop
🤡 chú hề | clown
👻 con ma | ghost
👽 người ngoài hành tinh | alien
🤖 người máy, robot | robot
😺 mèo cười | cat smile
😻 mèo mê | cat heart eyes
🙈 khỉ che mắt, ngại quá | monkey, see no evil
🙉 khỉ bịt tai | monkey, hear no evil
🙊 khỉ bịt miệng | monkey, speak no evil
`;

export const PEOPLE = `
👋 vẫy tay, chào, tạm biệt | wave, hello, bye
🤚 mu bàn tay | back of hand
✋ giơ tay, dừng | raised hand, stop
👌 ok, được | ok, perfect
🤏 một chút | little bit, pinch
✌️ hai ngón, chiến thắng | peace, victory
🤞 cầu may | fingers crossed, luck
🤟 yêu bạn, tay rock | love you
🤙 gọi tôi nhé | call me
👈 chỉ trái | point left
👉 chỉ phải, xem này | point right
👆 chỉ lên | point up
👇 chỉ xuống, ở dưới | point down
☝️ một ngón, lưu ý | index up, note
👍 thích, đồng ý, tốt | thumbs up, like, yes
👎 không thích, không đồng ý | thumbs down, no
✊ nắm tay | fist
👊 cụng tay, đấm | punch, fist bump
👏 vỗ tay, hoan hô | clap, bravo
🙌 giơ hai tay, hoan hô | raised hands, hooray
👐 mở tay | open hands
🤲 chìa hai tay | palms up
🤝 bắt tay, hợp tác, chốt | handshake, deal
🙏 chắp tay, cảm ơn, xin lỗi, mong | thanks, please, sorry, pray
✍️ viết | writing
💅 sơn móng, nail | nails, manicure
🤳 tự sướng, selfie | selfie
💪 cố lên, khỏe | strong, muscle
👂 tai, nghe | ear, listen
👃 mũi | nose
👀 nhìn, xem | eyes, look
👄 môi, miệng | mouth, lips
👶 em bé | baby
👧 bé gái | girl
👦 bé trai | boy
👩 phụ nữ, chị | woman
👨 đàn ông, anh | man
👵 bà | grandmother, old woman
👴 ông | grandfather, old man
👮 công an, cảnh sát | police
👷 thợ, công nhân xây dựng | worker, builder
👩‍⚕️ bác sĩ, y tá | doctor, nurse
👩‍🏫 cô giáo, giáo viên | teacher
👨‍🍳 đầu bếp | cook, chef
👨‍🔧 thợ sửa, kỹ thuật | mechanic, technician
👩‍💼 nhân viên văn phòng | office worker
🤵 chú rể, lễ phục | groom, tuxedo
👰 cô dâu | bride
🤰 mang bầu | pregnant
🙋 giơ tay xin hỏi, có em | raising hand, question
🙇 cúi chào, xin lỗi | bow, sorry
🤦 bó tay, úp mặt | facepalm
🤷 nhún vai, không biết | shrug, no idea
💁 tư vấn, giới thiệu | information, tipping hand
🙅 không được | no good
🙆 được rồi, ok | ok gesture
🏃 chạy, vội | run, hurry
💃 nhảy múa | dance
👨‍👩‍👧 gia đình | family
👫 nam nữ, bạn bè | couple, friends
💑 đôi lứa | couple in love
`;
